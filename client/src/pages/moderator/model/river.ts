// The river: the session's window to scale. What was used, what is to come, and what will not fit.
import { segmentName } from "../../../agenda";
import type { SegmentKind, TeamView } from "../../../wire.gen";

export type Flow = "done" | "live" | "to_come";

/** A stretch of the river, in instants and in percent of its length. `used` is how much of it is past, in percent. */
export interface Stretch {
  readonly id: string;
  readonly title: string;
  readonly kind: SegmentKind;
  readonly flow: Flow;
  readonly begins: number;
  readonly ends: number;
  readonly at: number;
  readonly size: number;
  readonly used: number;
}

/** A turn that was, is, or is expected. `over`: it would begin after the session's end. */
export interface Pulse {
  readonly id: string;
  readonly flow: Flow;
  readonly at: number;
  readonly size: number;
  readonly over: boolean;
}

export interface River {
  readonly begins: number;
  readonly ends: number;
  /** When the session is expected to end, or did. */
  readonly expected: number;
  readonly end: number;
  /** Where the now-line stands, in percent; null outside of the window. */
  readonly now: number | null;
  readonly stretches: readonly Stretch[];
  /** What lies beyond the end, in percent; null when all fits. */
  readonly overflow: { readonly at: number; readonly size: number } | null;
  readonly pulses: readonly Pulse[];
  /** Minutes to the end, rounded up; negative when it has passed; null when closed or not begun. */
  readonly minutesLeft: number | null;
}

interface Part {
  id: string;
  begins: number;
  ends: number;
  flow: Flow;
}

const MINUTE = 60_000;
/** Differences below this are not drawn as an overflow: the forecast slides by that much. */
const TOLERANCE = 30_000;

export function river(view: TeamView, now: number): River {
  const begins = Math.min(view.starts_at, view.started_at ?? view.starts_at);
  const running = view.state === "live" || view.state === "suspended";
  const expected = expectedEnd(view, now);
  const length = Math.max(view.ends_at, expected, begins + MINUTE) - begins;
  const percent = (t: number): number => Math.min(100, Math.max(0, ((t - begins) / length) * 100));
  const over = view.state !== "closed" && expected - view.ends_at > TOLERANCE;
  return {
    begins,
    ends: view.ends_at,
    expected,
    end: percent(view.ends_at),
    now: view.state !== "closed" && now >= begins && now <= begins + length ? percent(now) : null,
    stretches: parts(view, now).map((part) => stretch(view, part, now, percent)),
    overflow: over ? { at: percent(view.ends_at), size: percent(expected) - percent(view.ends_at) } : null,
    pulses: pulses(view, now, percent),
    minutesLeft: running ? Math.ceil((view.ends_at - now) / MINUTE) : null,
  };
}

function expectedEnd(view: TeamView, now: number): number {
  if (view.state === "closed") return view.closed_at ?? view.ends_at;
  const running = view.state === "live" || view.state === "suspended";
  return running ? Math.max(view.forecast.ends_at, now) : Math.max(view.forecast.ends_at, view.ends_at);
}

function stretch(view: TeamView, part: Part, now: number, percent: (t: number) => number): Stretch {
  const segment = view.segments.find((s) => s.id === part.id);
  const size = percent(part.ends) - percent(part.begins);
  const past = size === 0 ? 0 : ((percent(Math.min(now, part.ends)) - percent(part.begins)) / size) * 100;
  return {
    ...part,
    title: segment ? segmentName(view.segments, segment) : "",
    kind: segment?.kind ?? "topic",
    at: percent(part.begins),
    size,
    used: part.flow === "done" ? 100 : part.flow === "live" ? Math.max(0, past) : 0,
  };
}

/** Segments as they were, and the rest of the agenda squeezed or stretched into the time that is left. */
function parts(view: TeamView, now: number): Part[] {
  const until = view.state === "closed" ? (view.closed_at ?? view.ends_at) : now;
  const begun = begunParts(view, until);
  if (view.state === "closed") return begun;
  const index = view.segments.findIndex((s) => s.id === view.segment);
  const ahead = view.segments.slice(index + 1).filter((s) => s.began_at === null);
  const live = begun.find((part) => part.flow === "live");
  const segment = view.segments[index];
  const rest = live && segment ? Math.max(0, live.begins + segment.planned - now) : 0;
  const from = live ? now : Math.max(view.starts_at, view.started_at === null ? view.starts_at : now);
  const planned = rest + ahead.reduce((sum, s) => sum + s.planned, 0);
  const scale = planned > 0 ? Math.max(0, view.ends_at - from) / planned : 0;
  let at = from + rest * scale;
  if (live) live.ends = Math.max(at, now);
  const coming = ahead.map((s): Part => {
    const part: Part = { id: s.id, begins: at, ends: at + s.planned * scale, flow: "to_come" };
    at = part.ends;
    return part;
  });
  return [...begun, ...coming.filter((part) => part.ends > part.begins)];
}

function begunParts(view: TeamView, until: number): Part[] {
  const begun = view.segments
    .flatMap((s) => (s.began_at === null ? [] : [{ id: s.id, at: s.began_at }]))
    .sort((a, b) => a.at - b.at);
  return begun.map(({ id, at }, i) => {
    const live = id === view.segment && view.state !== "closed";
    return { id, begins: at, ends: Math.max(at, begun[i + 1]?.at ?? until), flow: live ? "live" : "done" };
  });
}

function pulses(view: TeamView, now: number, percent: (t: number) => number): Pulse[] {
  const spoken = view.turns.map((turn): Pulse => {
    const ends = turn.ended_at ?? Math.max(now, turn.began_at);
    const flow = turn.ended_at === null ? "live" : "done";
    return { id: turn.id, flow, at: percent(turn.began_at), size: percent(ends) - percent(turn.began_at), over: false };
  });
  if (view.state === "closed") return spoken;
  const slot = Math.max(0, view.forecast.slot - view.forecast.handover);
  const expected = view.entries.flatMap((entry): Pulse[] => {
    const at = entry.expected_at;
    if (at === null || !view.order.includes(entry.id)) return [];
    return [
      {
        id: entry.id,
        flow: "to_come",
        at: percent(at),
        size: percent(at + slot) - percent(at),
        over: at >= view.ends_at,
      },
    ];
  });
  return [...spoken, ...expected];
}
