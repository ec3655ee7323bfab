// What the stage shows, readable from twenty metres: one of five, from the view and a passed now.

import { turnClock, type TurnClock } from "../../floor";
import { minutes } from "../../time";
import type { FloorView, NextView, SharedView } from "../../wire.gen";

export type Shown =
  | { readonly kind: "turn"; readonly floor: FloorView; readonly turn: TurnClock }
  | { readonly kind: "idle"; readonly next: NextView | null; readonly left: number }
  | { readonly kind: "before"; readonly begins: number }
  | { readonly kind: "suspended" }
  | { readonly kind: "finished" };

/** From how many minutes before the start on they are counted. */
export const COUNTED = 30;

export function shown(view: SharedView, now: number): Shown {
  if (view.state === "closed") return { kind: "finished" };
  if (view.state === "suspended") return { kind: "suspended" };
  if (view.state !== "live") return { kind: "before", begins: minutes(view.starts_at - now) };
  const { floor } = view;
  if (floor) return { kind: "turn", floor, turn: turnClock(floor, view.modalities.warnings, now) };
  return { kind: "idle", next: view.next[0] ?? null, left: minutes(view.ends_at - now) };
}

/** Who comes after the one who is shown large. */
export function following(view: SharedView, now: Shown): NextView | null {
  return now.kind === "turn" ? (view.next[0] ?? null) : null;
}
