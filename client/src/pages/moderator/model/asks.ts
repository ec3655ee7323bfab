// Commands as the page asks them: each names the thing that its asker saw (Q7).
import type { Command, TeamEntry, TeamView } from "../../../wire.gen";

export const giveFloor = (view: TeamView, entry: string): Command => ({
  type: "give_floor",
  entry,
  after: view.newest_turn,
});

export const startSegment = (view: TeamView, segment: string): Command => ({
  type: "start_segment",
  segment,
  after: view.segment,
});

export const extendSession = (view: TeamView, minutes: number): Command => ({
  type: "extend_session",
  ends_at: view.ends_at,
  minutes,
});

/** `type` of an entry's own commands: each carries the state that was seen. */
export const ofEntry = (type: "withdraw" | "defer" | "call_speaker" | "mark_absent", entry: TeamEntry): Command => ({
  type,
  entry: entry.id,
  status: entry.status,
});

/** The entry goes to `place` (1 is first); null when it stands there already or is not in the order. */
export function moveTo(view: TeamView, entry: string, place: number): Command | null {
  const from = view.order.indexOf(entry);
  const others = view.order.filter((id) => id !== entry);
  const to = Math.min(others.length, Math.max(0, place - 1));
  if (from < 0 || from === to) return null;
  return { type: "reorder", entry, before: others[to] ?? null, order_rev: view.order_rev };
}

export function moveBy(view: TeamView, entry: string, steps: -1 | 1): Command | null {
  const from = view.order.indexOf(entry);
  if (from < 0 || from + steps < 0 || from + steps >= view.order.length) return null;
  return moveTo(view, entry, from + 1 + steps);
}

/** Dropped before another entry, or at the end. */
export function moveBefore(view: TeamView, entry: string, before: string | null): Command | null {
  const others = view.order.filter((id) => id !== entry);
  const to = before === null ? others.length : others.indexOf(before);
  return to < 0 ? null : moveTo(view, entry, to + 1);
}
