// The session as a whole and its segments: what is not needed every minute, with the switches of R6.
import { useState } from "preact/hooks";
import { segmentName } from "../../../agenda";
import { Button } from "../../../components/Button";
import { Chip } from "../../../components/Chip";
import { Dialog } from "../../../components/Dialog";
import { locale, t } from "../../../i18n";
import { dayOf, differ, ownZone, timeOfDay } from "../../../time";
import type { Command, SegmentView, TeamView } from "../../../wire.gen";
import { useDesk } from "../desk";
import { extendSession, startSegment } from "../model/asks";
import { videoLength as lengthOf } from "../model/inscribe";
import { NoticeLine } from "../NoticeLine";

export function SessionControls() {
  const desk = useDesk();
  const view = desk.view.value;
  return (
    <Dialog title={t("moderator.controls.title")} onClose={desk.close} class="wide">
      <NoticeLine zone="dialog" />
      <section class="stack">
        <h3>{t("moderator.controls.segments")}</h3>
        <ul class="segments">
          {view.segments.map((segment) => (
            <Segment key={segment.id} segment={segment} />
          ))}
        </ul>
      </section>
      <section class="stack">
        <h3>{t("moderator.controls.session")}</h3>
        <Times />
        {view.state !== "closed" && <States />}
        {view.state === "live" && <p class="small quiet">{t("moderator.suspend.text")}</p>}
        {view.state !== "closed" && <Limit />}
        {view.state !== "closed" && <Extend />}
        <p class="small quiet">
          {t("moderator.controls.head")}: <code>{view.head.slice(0, 16)}</code>
        </p>
      </section>
      <div class="actions">
        <Button onPress={desk.close}>{t("moderator.dialog.close")}</Button>
      </div>
    </Dialog>
  );
}

function Segment({ segment }: { segment: SegmentView }) {
  const desk = useDesk();
  const view = desk.view.value;
  const running = view.segment === segment.id && view.state !== "closed";
  const can = desk.may.value.act;
  const { id, began_at: began } = segment;
  const title = segmentName(view.segments, segment);
  const planned = t("moderator.controls.planned", { n: Math.round(segment.planned / 60_000) });
  return (
    <li class={running ? "running" : undefined}>
      <div>
        <p>
          <bdi dir="auto">{title}</bdi>
        </p>
        <p class="small quiet">
          {planned}
          {began !== null && <> · {t("moderator.controls.began", { time: desk.writing.value.time(began) })}</>}
        </p>
      </div>
      <Switch
        on={segment.recording}
        text={t("moderator.controls.recording")}
        label={t("moderator.controls.recording_for", { title })}
        command={(on) => ({ type: "switch_recording", segment: id, on })}
      />
      <Switch
        on={segment.chatham_house}
        text={t("moderator.controls.chatham")}
        label={t("moderator.controls.chatham_for", { title })}
        command={(on) => ({ type: "switch_chatham_house", segment: id, on })}
      />
      {running ? (
        <Chip tone="go" shape="dot">
          {t("moderator.controls.now")}
        </Chip>
      ) : (
        <Button
          class="slim"
          disabled={!can || view.state !== "live"}
          label={t("moderator.act.start_segment", { title })}
          onPress={() => desk.ask(startSegment(view, id), "dialog")}
        >
          {t("moderator.controls.begin")}
        </Button>
      )}
    </li>
  );
}

interface SwitchProps {
  readonly on: boolean;
  readonly text: string;
  readonly label: string;
  readonly command: (on: boolean) => Command;
}

function Switch({ on, text, label, command }: SwitchProps) {
  const desk = useDesk();
  return (
    <button
      type="button"
      role="switch"
      class="switch small"
      aria-checked={on}
      aria-label={label}
      disabled={!desk.may.value.act}
      onClick={() => void desk.ask(command(!on), "dialog")}
    >
      <i aria-hidden="true" />
      <span>
        {text} <b>{t(on ? "moderator.controls.on" : "moderator.controls.off")}</b>
      </span>
    </button>
  );
}

function Times() {
  const desk = useDesk();
  const { doors_at, starts_at, ends_at, timezone } = desk.view.value;
  const { time } = desk.writing.value;
  const zone = timezone.split("/").at(-1)?.replaceAll("_", " ") ?? timezone;
  const own = ownZone();
  const here = (at: number): string => timeOfDay(at, own, locale());
  return (
    <p class="quiet">
      {t("moderator.controls.times", { doors: time(doors_at), starts: time(starts_at), ends: time(ends_at), zone })}
      {differ(starts_at, timezone, own) && (
        <span class="own-times small">
          {t("moderator.controls.own_times", {
            day: dayOf(starts_at, own, locale()),
            doors: here(doors_at),
            starts: here(starts_at),
            ends: here(ends_at),
          })}
        </span>
      )}
    </p>
  );
}

type Simple = "open_doors" | "start_session" | "suspend_session" | "resume_session";

const STEPS: Readonly<Record<TeamView["state"], readonly Simple[]>> = {
  scheduled: ["open_doors", "start_session"],
  open: ["start_session"],
  live: ["suspend_session"],
  suspended: ["resume_session"],
  closed: [],
};

function States() {
  const desk = useDesk();
  const { state } = desk.view.value;
  const off = !desk.may.value.act;
  return (
    <div class="cues">
      {STEPS[state].map((type) => (
        <Button key={type} disabled={off} onPress={() => desk.ask({ type }, "dialog")}>
          {t(`moderator.act.${type}`)}
        </Button>
      ))}
      <Button kind="stop" disabled={off} onPress={() => desk.open({ kind: "close" })}>
        {t("moderator.act.close_session")}
      </Button>
    </div>
  );
}

function Limit() {
  const desk = useDesk();
  const { limit } = desk.view.value.modalities;
  const [text, setText] = useState(desk.writing.value.duration(limit));
  const wanted = lengthOf(text);
  const put = (event: Event): void => {
    event.preventDefault();
    if (wanted !== null) void desk.ask({ type: "change_limit", limit: wanted }, "dialog");
  };
  return (
    <form class="limit" onSubmit={put}>
      <label class="labelled">
        <span>{t("moderator.controls.limit")}</span>
        <input class="field short" value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <Button type="submit" disabled={wanted === null || !desk.may.value.act}>
        {t("moderator.controls.set")}
      </Button>
      <span class="small quiet">{t("moderator.controls.limit_hint")}</span>
    </form>
  );
}

const MINUTES = [-10, -5, 5, 10, 15] as const;

function Extend() {
  const desk = useDesk();
  const view = desk.view.value;
  return (
    <div class="cues" role="group" aria-label={t("moderator.controls.extend")}>
      <span class="small quiet">{t("moderator.controls.extend")}</span>
      {MINUTES.map((n) => (
        <Button key={n} disabled={!desk.may.value.act} onPress={() => desk.ask(extendSession(view, n), "dialog")}>
          {t(n < 0 ? "moderator.controls.sooner" : "moderator.end.extend", { n: Math.abs(n) })}
        </Button>
      ))}
    </div>
  );
}
