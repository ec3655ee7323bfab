import { nameOfSegment } from "../../agenda";
import { Bar } from "../../components/Bar";
import { Clock, phaseShape, phaseWord } from "../../components/Clock";
import { Chip, type Tone } from "../../components/Chip";
import { PersonName } from "../../components/Person";
import { turnClock, type TurnClock } from "../../floor";
import { t } from "../../i18n";
import { languageName } from "../../people";
import { duration } from "../../time";
import type { TeamEntry } from "../../wire.gen";
import { CaptionLine } from "./CaptionLine";
import { useDesk } from "./desk";
import { FloorActs } from "./FloorActs";
import { JustNow } from "./JustNow";
import { askedToEnd, handover, pausedFor, presenceOf } from "./model/floor";
import { acts } from "./model/may";
import { NoticeLine } from "./NoticeLine";
import { PrimaryButton } from "./PrimaryButton";
import { Parts, Place } from "./Row";
import { Tell } from "./Tell";

const TONES: Readonly<Record<TurnClock["phase"], Tone>> = {
  running: "accent",
  warning: "warn",
  final: "warn",
  overtime: "stop",
  paused: "warn",
};

export function FloorZone() {
  const desk = useDesk();
  const { floor } = desk.view.value;
  return (
    <section class="floor zone" aria-labelledby="floor-title">
      {floor ? <Running /> : <Nobody />}
      {acts(desk.view.value) && (
        <>
          <div class="acts-block">
            <FloorActs />
            <PrimaryButton />
            <NoticeLine zone="floor" />
          </div>
          <Tell />
        </>
      )}
      <JustNow />
    </section>
  );
}

function Running() {
  const desk = useDesk();
  const { floor, modalities, entries } = desk.view.value;
  if (!floor) return null;
  const turn = turnClock(floor, modalities.warnings, desk.connection.clock.now.value);
  const entry = entries.find((e) => e.id === floor.entry);
  return (
    <div class="running" data-phase={turn.phase}>
      <div class="row">
        <h2 id="floor-title">{t("moderator.floor.title")}</h2>
        <Chip tone={TONES[turn.phase]} shape={phaseShape(turn)} class="push">
          <PhaseText turn={turn} />
        </Chip>
      </div>
      <div>
        <h3>
          <PersonName who={floor.who} />
        </h3>
        <p class="quiet from">
          <From entry={entry} />
        </p>
      </div>
      <div class="timing">
        <Clock turn={turn} />
        <ul class="small quiet rules">
          {rules(desk.view.value.team_turn, turn, floor.grace).map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </div>
      <Bar turn={turn} warnings={modalities.warnings} />
      {askedToEnd(desk.view.value, desk.now) && <p class="asks">{t("moderator.floor.asks_now")}</p>}
      <CaptionLine />
    </div>
  );
}

/** The phase in words: to the team an overtime is a fact, not a request. */
function PhaseText({ turn }: { turn: TurnClock }) {
  const desk = useDesk();
  const { floor, state } = desk.view.value;
  if (turn.phase === "overtime") return <>{t("moderator.phase.overtime")}</>;
  if (turn.phase !== "paused") return <>{phaseWord(turn)}</>;
  if (state === "suspended") return <>{t("moderator.phase.suspended")}</>;
  const why = floor?.pause_reason ? `${t(`moderator.pause.${floor.pause_reason}`)} · ` : "";
  return <>{why + t("moderator.phase.paused", { time: duration(pausedFor(desk.view.value, desk.now) ?? 0) })}</>;
}

function From({ entry }: { entry: TeamEntry | undefined }) {
  const desk = useDesk();
  const { floor } = desk.view.value;
  if (!floor) return null;
  const told = [t(`constituency.${floor.who.constituency}`)];
  if (entry?.spoken_language) told.push(t("moderator.floor.speaks", { language: languageName(entry.spoken_language) }));
  if (floor.part > 1) told.push(t("moderator.floor.part", { n: floor.part }));
  if (entry?.protected) told.push(t("moderator.floor.protected"));
  return (
    <>
      {entry && <Place entry={entry} language={false} />} · <Parts parts={told} />
    </>
  );
}

interface Team {
  readonly limit: number;
  readonly extended: number;
  readonly enforcement: "close" | "ask";
}

/** "of 3:00 · closes by itself 10 s after zero". */
function rules(team: Team | null, turn: TurnClock, grace: number): string[] {
  const told = [t("moderator.floor.of", { time: duration(turn.full) })];
  const extended = team?.extended ?? 0;
  if (extended > 0) told.push(t("moderator.floor.extended", { time: duration(extended) }));
  if (extended < 0) told.push(t("moderator.floor.shortened", { time: duration(-extended) }));
  if (team?.enforcement === "ask") told.push(t("moderator.floor.asks"));
  else if (turn.closesIn !== null) told.push(t("moderator.floor.closes_in", { n: Math.ceil(turn.closesIn / 1_000) }));
  else told.push(t("moderator.floor.closes_after", { n: Math.round(grace / 1_000) }));
  return told;
}

/** What stands where the clock would be: the session's state, or how long the hand-over has taken. */
function Nobody() {
  const desk = useDesk();
  const view = desk.view.value;
  const { time } = desk.writing.value;
  const between = handover(view, desk.now);
  const title = nameOfSegment(view.segments, view.segment);
  const listed = view.entries.filter((e) => view.order.includes(e.id));
  const here = listed.filter((e) => presenceOf(desk.status, e.person) === "connected").length;
  switch (view.state) {
    case "scheduled":
      return (
        <Still
          title={t("moderator.scheduled.title", { time: time(view.doors_at) })}
          text={t("moderator.scheduled.hint")}
        />
      );
    case "open":
      return <Still title={t("moderator.open.title")} text={t("moderator.open.hint", { n: here })} />;
    case "suspended":
      return <Still title={t("moderator.suspended.title")} text={t("moderator.suspended.hint")} />;
    case "closed":
      return <Still title={t("moderator.closed.title")} text={t("moderator.closed.counts", { ...view.counts })} />;
    case "live":
      return (
        <Still
          title={t("moderator.floor.none")}
          text={title ? t("moderator.floor.segment", { title }) : ""}
          since={between === null ? null : duration(between)}
        />
      );
  }
}

function Still({ title, text, since = null }: { title: string; text: string; since?: string | null }) {
  return (
    <div class="still">
      <h2 id="floor-title" class="visually-hidden">
        {t("moderator.floor.title")}
      </h2>
      <h3>{title}</h3>
      {since !== null && <p class="since quiet">{t("moderator.floor.since", { time: since })}</p>}
      <p class="quiet">{text}</p>
    </div>
  );
}
