import { Button } from "../../components/Button";
import { Banner } from "../../components/Banner";
import { t } from "../../i18n";
import { duration } from "../../time";
import type { OwnEntry, PersonalView } from "../../wire.gen";
import { Cannot } from "./Cannot";
import type { Desk } from "./desk";
import { Facts } from "./Facts";
import type { Situation } from "./model";
import { Signals } from "./Signals";
import { Expected, OwnTime, sessionTimeOfDay } from "./When";

type Standing = Extract<Situation, { kind: "soon" | "waiting" | "absent" | "scheduled" | "doors" | "late" }>;

/** On the list, and not yet next. */
export function StandingPage({ desk, now }: { desk: Desk; now: Standing }) {
  const { view } = desk;
  return (
    <>
      <main>
        {view.state === "suspended" && (
          <Banner tone="warn" shape="pause">
            {t("speaker.suspended")}
          </Banner>
        )}
        <Headline desk={desk} now={now} />
        {now.entry.remaining !== null && (
          <p class="card small">{t("speaker.interrupted.kept", { time: duration(now.entry.remaining) })}</p>
        )}
        <Facts desk={desk} entry={now.entry} />
        <Signals />
      </main>
      <footer>
        {answers(now) && (
          <Button
            kind="primary"
            big
            disabled={!desk.writable}
            onPress={() => desk.send({ type: "ready", entry: now.entry.id })}
          >
            {t(now.kind === "soon" ? "speaker.ready" : "speaker.here")}
          </Button>
        )}
        <Cannot desk={desk} entry={now.entry} plain={answers(now)} />
      </footer>
    </>
  );
}

/**
 * Whether the speaker is asked to say something now that was not said yet. Not when the doors open: that the page is
 * open says enough, and a "ready" from then would stand, unasked, beside their name an hour later (Q9).
 */
function answers({ kind, entry }: Standing): boolean {
  return (kind === "absent" || kind === "soon") && entry.readiness !== "ready";
}

function Headline({ desk, now }: { desk: Desk; now: Standing }) {
  const { view } = desk;
  switch (now.kind) {
    case "scheduled":
      return <Opening view={view} kind="scheduled" at={view.doors_at} />;
    case "doors":
      return <Opening view={view} kind="doors" at={view.starts_at} />;
    case "late":
      return <Words title={t("speaker.late")} text={t("speaker.late.what")} />;
    case "absent":
      return (
        <>
          <Words title={t("speaker.absent")} text={t("speaker.absent.what")} />
          <Expected view={view} at={now.entry.expected_at} now={desk.now} />
        </>
      );
    case "soon":
      return (
        <>
          <Words
            title={t("speaker.soon", { n: now.before })}
            text={t(now.entry.readiness === "ready" ? "speaker.ready.done" : "speaker.soon.what")}
          />
          <Expected view={view} at={now.entry.expected_at} now={desk.now} />
        </>
      );
    case "waiting":
      return <Place desk={desk} entry={now.entry} />;
  }
}

function Opening({ view, kind, at }: { view: PersonalView; kind: "scheduled" | "doors"; at: number }) {
  return (
    <div class="stack">
      <h1>{t(`speaker.${kind}`)}</h1>
      <p class="quiet">
        {t(`speaker.${kind}.what`, { time: sessionTimeOfDay(view, at) })}
        <OwnTime view={view} at={at} />
      </p>
    </div>
  );
}

function Place({ desk, entry }: { desk: Desk; entry: OwnEntry }) {
  const n = entry.place ?? desk.view.waiting;
  return (
    <>
      <h1 class="place-line">
        <span>{t("speaker.place")}</span>
        <span class="visually-hidden">{t("speaker.place.spoken", { n })}</span>
        <span class="place" aria-hidden="true">
          {n}
          <sup>{t("speaker.place.suffix", { n })}</sup>
        </span>
      </h1>
      <Expected view={desk.view} at={entry.expected_at} now={desk.now} />
    </>
  );
}

export function Words({ title, text }: { title: string; text: string }) {
  return (
    <div class="stack">
      <h1>{title}</h1>
      <p class="quiet">{text}</p>
    </div>
  );
}
