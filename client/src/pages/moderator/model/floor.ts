// The floor as the team sees it, beyond the one clock: pauses, interruption, hand-over, a lost connection (T5, T9).
import type { StatusView, TeamView } from "../../../wire.gen";

/** How long the pause has lasted, in ms; null unless paused. */
export function pausedFor(view: TeamView, now: number): number | null {
  const at = view.floor?.paused_at;
  return at == null ? null : Math.max(0, now - at);
}

/** Until the turn may be interrupted with its time kept (T9), in ms, 0 when it may; null where that is no question. */
export function interruptIn(view: TeamView, now: number): number | null {
  const at = view.team_turn?.interruptible_at;
  return at == null ? null : Math.max(0, at - now);
}

/** Speaking time and grace are over, and nobody but a person ends the turn (T4). */
export function askedToEnd(view: TeamView, now: number): boolean {
  const { floor, team_turn: turn } = view;
  return turn?.enforcement === "ask" && floor?.zero_at != null && now >= floor.zero_at + floor.grace;
}

/** How long nobody has had the floor, in ms; null before the first turn and while one runs. */
export function handover(view: TeamView, now: number): number | null {
  if (view.floor || view.state !== "live") return null;
  const ended = view.turns.at(-1)?.ended_at;
  return ended == null ? null : Math.max(0, now - ended);
}

export type Presence = "connected" | "away" | "unknown";

export function presenceOf(status: StatusView | null, person: string): Presence {
  if (!status) return "unknown";
  const there = status.people.some((p) => p.person === person && p.role === "speaker" && p.connections > 0);
  return there ? "connected" : "away";
}

/** T9: the page of who speaks is gone while the turn runs. A video needs no page. */
export function connectionLost(view: TeamView, status: StatusView | null): boolean {
  const { floor, team_turn: turn } = view;
  if (!floor || !turn || floor.paused_at !== null || view.state !== "live") return false;
  const video = view.entries.find((entry) => entry.id === floor.entry)?.delivery === "video";
  return !video && presenceOf(status, turn.person) === "away";
}
