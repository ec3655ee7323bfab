import { placeInAgenda } from "../../agenda";
import { Button } from "../../components/Button";
import { Chip, type Tone } from "../../components/Chip";
import { Mark } from "../../components/Mark";
import type { ShapeName } from "../../components/Shape";
import { locale, t } from "../../i18n";
import { timeWithSeconds, zoneName } from "../../time";
import type { SessionState } from "../../wire.gen";
import { useDesk } from "./desk";

const STATES: Readonly<Record<SessionState, readonly [Tone | undefined, ShapeName]>> = {
  scheduled: [undefined, "ring"],
  open: ["accent", "ring"],
  live: ["go", "dot"],
  suspended: ["warn", "pause"],
  closed: [undefined, "square"],
};

export function Header() {
  const desk = useDesk();
  const { title, state, rehearsal } = desk.view.value;
  const [tone, shape] = STATES[state];
  return (
    <header>
      <Mark />
      <h1 title={title}>
        <bdi dir="auto">{title}</bdi>
      </h1>
      <Chip {...(tone ? { tone } : {})} shape={shape}>
        {t(`moderator.state.${state}`)}
      </Chip>
      {rehearsal && (
        <Chip tone="warn" shape="warning">
          {t("moderator.head.rehearsal")}
        </Chip>
      )}
      <Segment />
      <span class="push" />
      <You />
      <Saved />
      <SessionClock />
      <Button kind="plain" onPress={() => desk.open({ kind: "session" })}>
        {t("moderator.head.session")}
      </Button>
      <button
        type="button"
        class="button plain keys-button"
        aria-keyshortcuts="?"
        aria-label={t("moderator.head.help")}
        title={t("moderator.head.help")}
        onClick={() => desk.open({ kind: "help" })}
      >
        <kbd aria-hidden="true">?</kbd>
      </button>
    </header>
  );
}

/** The current segment and its switches (R6): always in sight, changed in the session's dialog. */
function Segment() {
  const desk = useDesk();
  const { segments, segment: current, state } = desk.view.value;
  const segment = segments.find((s) => s.id === current);
  if (!segment || state === "closed") return null;
  return (
    <>
      <Chip class="segment-chip">
        <bdi dir="auto">{placeInAgenda(segments, segment)}</bdi>
      </Chip>
      <button
        type="button"
        class="switches"
        aria-label={t("moderator.head.switches")}
        onClick={() => desk.open({ kind: "session" })}
      >
        <Chip tone={segment.recording ? "stop" : "warn"} shape={segment.recording ? "dot" : "ring"}>
          {t(segment.recording ? "moderator.head.recording_on" : "moderator.head.recording_off")}
        </Chip>
        {segment.chatham_house && (
          <Chip tone="warn" shape="square">
            {t("moderator.head.chatham_on")}
          </Chip>
        )}
      </button>
    </>
  );
}

function You() {
  const desk = useDesk();
  const { me } = desk.view.value;
  const role = t(`role.${me.role}`);
  const team = new Set(
    desk.status?.people.filter((p) => p.role !== "speaker" && p.connections > 0).map((p) => p.person),
  );
  return (
    <p class="you small quiet">
      {me.name !== role && (
        <>
          <bdi dir="auto">{me.name}</bdi> ·{" "}
        </>
      )}
      {role}
      {team.size > 1 && <> · {t("moderator.head.team", { n: team.size })}</>}
    </p>
  );
}

function Saved() {
  const desk = useDesk();
  const { state } = desk.connection.link.value;
  if (state === "connecting")
    return (
      <Chip tone="warn" shape="ring">
        {t("moderator.head.connecting")}
      </Chip>
    );
  if (state !== "live")
    return (
      <Chip tone="warn" shape="ring">
        {t("moderator.head.reconnecting")}
      </Chip>
    );
  if (desk.connection.engineAway.value)
    return (
      <Chip tone="stop" shape="pause">
        {t("moderator.head.engine_away")}
      </Chip>
    );
  if (!desk.may.value.act) return <Chip shape="square">{t("moderator.head.readonly")}</Chip>;
  return (
    <Chip tone="go" shape="check" class="saved">
      {t("moderator.head.saved")}
    </Chip>
  );
}

function SessionClock() {
  const desk = useDesk();
  const { timezone } = desk.view.value;
  const place = timezone.split("/").at(-1)?.replaceAll("_", " ") ?? timezone;
  return (
    <p class="now" title={t("moderator.head.clock", { zone: place })}>
      <time class="now-time" dir="ltr">
        {timeWithSeconds(desk.now, timezone, locale())}
      </time>{" "}
      <span class="quiet small">{zoneName(desk.now, timezone, locale())}</span>
    </p>
  );
}
