// What a speaker's page shows: one situation at a time, from the view and a passed now.

import { turnClock, type TurnClock } from "../../floor";
import type { FloorView, OwnEntry, OwnTurn, PersonalView, SegmentView, WrittenInputView } from "../../wire.gen";

export type Situation =
  | { readonly kind: "speaking"; readonly turn: TurnClock; readonly floor: FloorView }
  | { readonly kind: "next" | "called" | "interrupted"; readonly entry: OwnEntry }
  | { readonly kind: "soon" | "waiting" | "absent"; readonly entry: OwnEntry; readonly before: number }
  | { readonly kind: "scheduled" | "doors" | "late"; readonly entry: OwnEntry }
  | { readonly kind: "heard"; readonly turn: OwnTurn; readonly unheard: OwnEntry | null }
  | { readonly kind: "not_heard" | "withdrawn"; readonly entry: OwnEntry }
  | { readonly kind: "blocked" | "not_open" }
  | { readonly kind: "request" }
  | { readonly kind: "finished" };

/** "Two speakers before you" (Q9). */
const SOON = 2;

export function situation(view: PersonalView, now: number): Situation {
  if (view.own_turn && view.floor) return speaking(view, view.floor, now);
  const entry = openEntry(view);
  if (entry && view.state !== "closed") return waiting(view, entry);
  return answered(view);
}

function speaking(view: PersonalView, floor: FloorView, now: number): Situation {
  return { kind: "speaking", turn: turnClock(floor, view.modalities.warnings, now), floor };
}

const OPEN: readonly OwnEntry["status"][] = ["called", "interrupted", "waiting", "absent", "speaking", "late"];

function openEntry(view: PersonalView): OwnEntry | null {
  return view.entries.find((entry) => OPEN.includes(entry.status)) ?? null;
}

function waiting(view: PersonalView, entry: OwnEntry): Situation {
  if (entry.status === "late") return { kind: "late", entry };
  if (view.state === "scheduled" || view.state === "open")
    return { kind: view.state === "open" ? "doors" : "scheduled", entry };
  if (entry.status === "called") return { kind: "called", entry };
  const before = speakersBefore(view, entry);
  if (entry.place === 1) return { kind: entry.status === "interrupted" ? "interrupted" : "next", entry };
  if (entry.status === "absent") return { kind: "absent", entry, before };
  return { kind: before <= SOON ? "soon" : "waiting", entry, before };
}

/** How many speak before: those in front on the list, and who has the floor. */
function speakersBefore(view: PersonalView, entry: OwnEntry): number {
  return Math.max(0, (entry.place ?? view.waiting) - 1) + (view.floor ? 1 : 0);
}

function answered(view: PersonalView): Situation {
  const turn = view.turns_spoken.at(-1);
  const last = view.entries.at(-1) ?? null;
  // entries that are answered come in the order of asking
  if (turn) return { kind: "heard", turn, unheard: last?.status === "not_heard" ? last : null };
  const unheard = view.entries.find(({ status }) => status === "not_heard");
  if (unheard) return { kind: "not_heard", entry: unheard };
  if (view.state === "closed") return { kind: "finished" };
  if (last?.status === "withdrawn") return { kind: "withdrawn", entry: last };
  if (view.may_request) return { kind: "request" };
  return { kind: view.state === "scheduled" ? "not_open" : "blocked" };
}

/** The topics that the floor can still be requested for: the running segment and later ones. */
export function topics(view: PersonalView): readonly SegmentView[] {
  const running = view.segments.findIndex(({ id }) => id === view.segment);
  return view.segments.filter(({ kind }, index) => (kind === "topic" || kind === "reactions") && index >= running);
}

/** The topic on which a point of order can be raised now; null while one's own waits, and while nobody else speaks. */
export function orderSegment(view: PersonalView): SegmentView | null {
  if (view.state !== "live" || !view.floor || view.own_turn) return null;
  const raised = view.entries.some(({ kind, status }) => kind === "point_of_order" && OPEN.includes(status));
  const running = topics(view).find(({ id }) => id === view.segment);
  return raised ? null : (running ?? null);
}

/** The next deadline for written input that is not over; null when all are. */
export function nextDeadline(view: PersonalView, now: number): WrittenInputView | null {
  return view.written_input.filter(({ at }) => at > now).sort((a, b) => a.at - b.at)[0] ?? null;
}

/** One's other requests that wait, besides the one shown. */
export function alsoWaiting(view: PersonalView, shown: OwnEntry): readonly OwnEntry[] {
  const open: readonly OwnEntry["status"][] = ["waiting", "absent", "late", "interrupted"];
  return view.entries.filter((entry) => entry.id !== shown.id && open.includes(entry.status));
}

/** What has to be noticed without looking: it is told when it becomes another. */
export type Moment = "quiet" | "soon" | "next" | "called" | "floor" | `warning-${number}` | "overtime" | "paused";

export function momentOf(now: Situation): Moment {
  switch (now.kind) {
    case "soon":
    case "next":
    case "called":
      return now.kind;
    case "interrupted":
      return "next";
    case "speaking":
      return momentOfTurn(now.turn);
    default:
      return "quiet";
  }
}

function momentOfTurn(turn: TurnClock): Moment {
  if (turn.phase === "paused" || turn.phase === "overtime") return turn.phase;
  return turn.reached === null ? "floor" : `warning-${turn.reached}`;
}

/** Whether the screen should stay on. */
export function keepsAwake(now: Situation): boolean {
  return ["soon", "next", "called", "interrupted", "speaking"].includes(now.kind);
}
