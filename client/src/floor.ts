// The running turn as arithmetic on the view's instants and a passed now: what every clock on every page shows.

import type { FloorView } from "./wire.gen";

export type Phase = "running" | "warning" | "final" | "overtime" | "paused";

export interface TurnClock {
  readonly phase: Phase;
  /** Speaking time left in ms; negative in overtime. */
  readonly left: number;
  /** What was allotted in all, in ms. */
  readonly full: number;
  /** The tightest warning that has been reached, as a remainder in ms; null before the first. */
  readonly reached: number | null;
  /** How long until the server closes the floor, in ms; null unless in overtime, and where a person has to. */
  readonly closesIn: number | null;
}

/** From when on the last seconds are counted, whatever warnings are configured (T3). */
export const FINAL = 10_000;

export function turnClock(floor: FloorView, warnings: readonly number[], now: number): TurnClock {
  const left = leftOf(floor, now);
  const full = allotted(floor);
  const reached = tightest(warnings, left, full);
  const closesIn = left > 0 || floor.closes_at === null ? null : Math.max(0, floor.closes_at - now);
  return { phase: phaseOf(floor, left, reached), left, full, reached, closesIn };
}

/** Speaking time allotted in all: from the start to zero, without the pauses. */
export function allotted(floor: FloorView): number {
  if (floor.zero_at !== null) return floor.zero_at - floor.began_at - floor.held;
  return (floor.left ?? 0) + (floor.paused_at ?? floor.began_at) - floor.began_at - floor.held;
}

function leftOf(floor: FloorView, now: number): number {
  return floor.zero_at === null ? (floor.left ?? 0) : Math.min(floor.zero_at - now, allotted(floor));
}

/** A turn that is shorter than a warning is not warned at its very start. */
function tightest(warnings: readonly number[], left: number, full: number): number | null {
  const passed = [...warnings.filter((warning) => warning < full), FINAL].filter((warning) => left <= warning);
  return passed.length ? Math.min(...passed) : null;
}

function phaseOf(floor: FloorView, left: number, reached: number | null): Phase {
  if (floor.paused_at !== null) return "paused";
  if (left <= 0) return "overtime";
  if (left <= FINAL) return "final";
  return reached === null ? "running" : "warning";
}
