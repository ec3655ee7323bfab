import { useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { locale, t } from "../../i18n";
import { differ, duration, longDay, ownZone, timeOfDay, zoneName } from "../../time";
import type { OwnTurn } from "../../wire.gen";
import { AttributionChoice } from "./Attribution";
import type { Desk } from "./desk";
import { nextDeadline, type Situation } from "./model";
import { Meanwhile } from "./Next";
import { RequestForm } from "./Request";
import { Words } from "./Standing";

type After = Extract<Situation, { kind: "heard" | "not_heard" | "withdrawn" | "finished" }>;

/** One's turn is over, or will not come. */
export function AfterPage({ desk, now }: { desk: Desk; now: After }) {
  switch (now.kind) {
    case "heard":
      return <HeardPage desk={desk} turn={now.turn} />;
    case "not_heard":
      return (
        <main>
          <h1>{t(now.entry.absences > 1 ? "speaker.not_heard.absent" : "speaker.not_heard")}</h1>
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

function HeardPage({ desk, turn }: { desk: Desk; turn: OwnTurn }) {
  return (
    <main>
      <h1>{t(turn.ending === "closed" ? "speaker.heard.closed" : "speaker.heard")}</h1>
      <p class="lead">{howItEnded(turn)}</p>
      <section class="stack">
        <h2 class="question">{t("speaker.heard.report")}</h2>
        <p class="quiet small">{t("speaker.attribution.what")}</p>
        <AttributionChoice desk={desk} />
      </section>
      <StillWrite desk={desk} />
      <Again desk={desk} />
    </main>
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
  const own = { day: longDay(deadline.at, ownZone(), locale()), time: timeOfDay(deadline.at, ownZone(), locale()) };
  return (
    <>
      <p class="lead">{t("speaker.not_heard.write", until(deadline.at, deadline.timezone))}</p>
      {differ(deadline.at, deadline.timezone, ownZone()) && <p class="quiet">{t("speaker.not_heard.own", own)}</p>}
      <p class="quiet small">{t("speaker.not_heard.source", { source: deadline.source })}</p>
    </>
  );
}

function StillWrite({ desk: { view, now } }: { desk: Desk }) {
  const deadline = nextDeadline(view, now);
  return deadline && <p class="quiet small">{t("speaker.write", until(deadline.at, deadline.timezone))}</p>;
}

function until(at: number, zone: string): { day: string; time: string; zone: string } {
  return { day: longDay(at, zone, locale()), time: timeOfDay(at, zone, locale()), zone: zoneName(at, zone, locale()) };
}

/** Nothing to ask for now, and why. */
export function BlockedPage({ desk, kind }: { desk: Desk; kind: "blocked" | "not_open" }) {
  const { view } = desk;
  const time = timeOfDay(view.doors_at, view.timezone, locale());
  return (
    <main>
      <Words title={t(`speaker.${kind}`)} text={t(`speaker.${kind}.what`, { time })} />
      {view.state === "live" && <Meanwhile desk={desk} />}
    </main>
  );
}
