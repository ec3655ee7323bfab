import { Shape, type ShapeName } from "../../components/Shape";
import { locale, t } from "../../i18n";
import { nameOf } from "../../people";
import { duration, timeOfDay } from "../../time";
import { openDeadlines } from "./model/agenda";
import type { SharedView } from "./model/shared";
import type { Tail } from "./model/tail";
import { bothTimes, deadlineText, emptyTitle, mutedText } from "./model/words";
import type { Reading } from "./reading";

const SHAPES: Readonly<Record<Tail["kind"], ShapeName>> = {
  offline: "warning",
  muted: "pause",
  missing: "warning",
  silence: "ring",
  suspended: "pause",
  closed: "check",
};

/** What stands below the newest line when nothing new comes. Offline is told where it is always in sight. */
export function Below({ view, reading }: { view: SharedView; reading: Reading }) {
  const tail = reading.tail.value;
  if (!tail || tail.kind === "offline") return null;
  return (
    <div class={`below ${tail.kind}`}>
      <Shape name={SHAPES[tail.kind]} />
      <div>
        <p>{tailText(tail, view, reading)}</p>
        {tail.kind === "closed" && <Write view={view} />}
      </div>
    </div>
  );
}

function tailText(tail: Exclude<Tail, { kind: "offline" }>, view: SharedView, reading: Reading): string {
  const track = reading.track.value;
  if (tail.kind === "muted") return track ? mutedText(track) : "";
  if (tail.kind !== "missing") return t(`attendee.below.${tail.kind}`);
  const name = view.floor ? nameOf(view.floor.who) : t("attendee.participant");
  return t("attendee.below.missing", { name, time: duration(tail.for) });
}

/** How to contribute in writing, and until when. */
export function Write({ view }: { view: SharedView }) {
  const deadlines = openDeadlines(view, view.at);
  if (deadlines.length === 0) return null;
  return (
    <>
      {deadlines.map((deadline) => (
        <p key={deadline.at} class="small">
          {deadlineText(deadline)} <span class="quiet">{deadline.source}</span>
        </p>
      ))}
    </>
  );
}

/** Why there is no text, and what can be done. */
export function Empty({ view, reading }: { view: SharedView; reading: Reading }) {
  const { title, text } = emptyText(view, reading);
  return (
    <div class="empty" aria-busy={title === ""}>
      {title && <p class="title">{title}</p>}
      <p class="quiet">{text}</p>
      {view.state === "closed" && <Write view={view} />}
    </div>
  );
}

function emptyText(view: SharedView, reading: Reading): { title: string; text: string } {
  const track = reading.track.value;
  if (!track) return { title: t("attendee.empty.none"), text: t("attendee.empty.none.what") };
  if (view.state === "scheduled" || view.state === "open")
    return {
      title: t("attendee.empty.before", { time: bothTimes(view.starts_at, view.timezone) }),
      text: t("attendee.empty.before.what"),
    };
  if (reading.state.value.position === null) return { title: "", text: t("attendee.empty.loading") };
  if (view.state === "closed") return { title: t("attendee.below.closed"), text: t("attendee.empty.closed") };
  if (track.muted) return { title: mutedText(track), text: t("attendee.empty.muted") };
  const since = view.started_at === null ? "" : timeOfDay(view.started_at, view.timezone, locale());
  const title = emptyTitle(track);
  const others = view.tracks.length > 1 && view.turns.length > 0;
  return { title, text: others ? t("attendee.empty.others") : t("attendee.empty.wait", { time: since }) };
}
