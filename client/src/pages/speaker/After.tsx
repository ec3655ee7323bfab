import { useState } from "preact/hooks";
import { nameOfSegment } from "../../agenda";
import { Button } from "../../components/Button";
import { locale, t } from "../../i18n";
import { differ, duration, longDay, ownZone, timeOfDay, zoneName } from "../../time";
import type { OwnEntry, OwnTurn, WrittenInputView } from "../../wire.gen";
import { AttributionChoice } from "./Attribution";
import type { Desk } from "./desk";
import { nextDeadline, type Situation } from "./model";
import { Meanwhile } from "./Next";
import { RequestForm } from "./Request";
import { Words } from "./Standing";
import { OwnTime, sessionTimeOfDay } from "./When";

type After = Extract<Situation, { kind: "heard" | "not_heard" | "withdrawn" | "finished" }>;

/** One's turn is over, or will not come. */
export function AfterPage({ desk, now }: { desk: Desk; now: After }) {
  switch (now.kind) {
    case "heard":
      return <HeardPage desk={desk} turn={now.turn} unheard={now.unheard} />;
    case "not_heard":
      return (
        <main>
          <h1>{unheardText(now.entry)}</h1>
          <Invitation desk={desk} />
        </main>
      );
    case "withdrawn":
      return <WithdrawnPage desk={desk} />;
    case "finished":
      return (
        <main>
          <Words title={t("speaker.session_over")} text={t("speaker.session_over.what")} />
          <StillWrite desk={desk} />
        </main>
      );
  }
}

function unheardText({ absences }: OwnEntry): string {
  return t(absences > 1 ? "speaker.not_heard.absent" : "speaker.not_heard");
}

function HeardPage({ desk, turn, unheard }: { desk: Desk; turn: OwnTurn; unheard: OwnEntry | null }) {
  return (
    <main>
      <h1>{t(turn.ending === "closed" ? "speaker.heard.closed" : "speaker.heard")}</h1>
      <p class="lead">{howItEnded(turn)}</p>
      {unheard && <LaterRequest desk={desk} entry={unheard} />}
      <section class="stack">
        <h2 class="question">{t("speaker.heard.report")}</h2>
        <p class="quiet small">{t("speaker.attribution.what")}</p>
        <AttributionChoice desk={desk} />
      </section>
      {!unheard && <StillWrite desk={desk} />}
      <Again desk={desk} />
    </main>
  );
}

/** Heard once, and not when the floor was requested again. */
function LaterRequest({ desk, entry }: { desk: Desk; entry: OwnEntry }) {
  const name = nameOfSegment(desk.view.segments, entry.segment);
  return (
    <section class="card stack">
      <h2 class="question">{unheardText(entry)}</h2>
      <p class="quiet small">{t("speaker.not_heard.later", { topic: name })}</p>
      <Invitation desk={desk} />
    </section>
  );
}

function howItEnded({ ending, used, allotted }: OwnTurn): string {
  const values = { used: duration(used), time: duration(allotted) };
  if (ending === "closed") return t("speaker.heard.closed.what", values);
  const spoken = t("speaker.heard.used", values);
  if (ending === "ended") return `${t("speaker.heard.ended")} ${spoken}`;
  return ending === "yielded" ? `${t("speaker.heard.yielded")} ${spoken}` : spoken;
}

function WithdrawnPage({ desk }: { desk: Desk }) {
  const { may_request } = desk.view;
  return (
    <main>
      <Words
        title={t("speaker.withdrawn")}
        text={t(may_request ? "speaker.withdrawn.what" : "speaker.withdrawn.closed")}
      />
      {desk.view.state === "live" && <Meanwhile desk={desk} />}
      <StillWrite desk={desk} />
      <Again desk={desk} />
    </main>
  );
}

function Again({ desk }: { desk: Desk }) {
  const [open, setOpen] = useState(false);
  if (!desk.view.may_request || desk.view.state === "closed") return null;
  if (open) return <RequestForm desk={desk} />;
  return <Button onPress={() => setOpen(true)}>{t("speaker.heard.again")}</Button>;
}

/** The way to write, with its deadline in the zone that it names and in one's own (S3). */
function Invitation({ desk: { view, now } }: { desk: Desk }) {
  const deadline = nextDeadline(view, now);
  if (!deadline) return <p class="lead">{t("speaker.not_heard.late")}</p>;
  return (
    <>
      <p class="lead">{t("speaker.not_heard.write", until(deadline.at, deadline.timezone))}</p>
      <OwnDeadline deadline={deadline} />
      <p class="quiet small">{t("speaker.not_heard.source", { source: deadline.source })}</p>
    </>
  );
}

function StillWrite({ desk: { view, now } }: { desk: Desk }) {
  const deadline = nextDeadline(view, now);
  if (!deadline) return null;
  return (
    <p class="quiet small">
      {t("speaker.write", until(deadline.at, deadline.timezone))} <OwnDeadline deadline={deadline} />
    </p>
  );
}

/** A deadline in the reader's own zone, where clocks show something else (S1). */
function OwnDeadline({ deadline: { at, timezone } }: { deadline: WrittenInputView }) {
  const zone = ownZone();
  if (!differ(at, timezone, zone)) return null;
  const own = { day: longDay(at, zone, locale()), time: timeOfDay(at, zone, locale()) };
  return <span class="quiet">{t("speaker.not_heard.own", own)}</span>;
}

function until(at: number, zone: string): { day: string; time: string; zone: string } {
  return { day: longDay(at, zone, locale()), time: timeOfDay(at, zone, locale()), zone: zoneName(at, zone, locale()) };
}

/** Nothing to ask for now, and why. */
export function BlockedPage({ desk, kind }: { desk: Desk; kind: "blocked" | "not_open" }) {
  const { view } = desk;
  const time = sessionTimeOfDay(view, view.doors_at);
  return (
    <main>
      <Words title={t(`speaker.${kind}`)} text={t(`speaker.${kind}.what`, { time })} />
      {kind === "not_open" && <OwnTime view={view} at={view.doors_at} />}
      {view.state === "live" && <Meanwhile desk={desk} />}
    </main>
  );
}
