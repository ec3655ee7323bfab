import { expect, it } from "vitest";
import type { FloorView, NextView, SharedView } from "../../wire.gen";
import { following, shown } from "./model";

const NOW = 10_000_000;
const floor = {
  began_at: NOW - 50_000,
  held: 0,
  zero_at: NOW + 20_000,
  closes_at: NOW + 30_000,
  paused_at: null,
  left: null,
} as FloorView;
const ana = { entry: "e1" } as NextView;
const view = (changes: Partial<SharedView>): SharedView =>
  ({
    state: "live",
    floor: null,
    next: [ana],
    modalities: { warnings: [60_000, 30_000] },
    starts_at: NOW + 90_000,
    ends_at: NOW + 3_300_000,
    ...changes,
  }) as unknown as SharedView;

it("before the session counts the minutes to it", () => {
  expect(shown(view({ state: "scheduled" }), NOW)).toEqual({ kind: "before", begins: 2 });
  expect(shown(view({ state: "open" }), NOW + 95_000)).toEqual({ kind: "before", begins: 0 });
});

it("shows the turn and who follows it", () => {
  const now = shown(view({ floor }), NOW);
  expect(now).toMatchObject({ kind: "turn", turn: { phase: "warning", left: 20_000 } });
  expect(following(view({ floor }), now)).toBe(ana);
});

it("between turns shows who is next and what is left of the session", () => {
  const now = shown(view({}), NOW);
  expect(now).toEqual({ kind: "idle", next: ana, left: 55 });
  expect(following(view({}), now)).toBeNull();
  expect(shown(view({ next: [] }), NOW)).toMatchObject({ kind: "idle", next: null });
});

it("T5: shows a suspension rather than the turn that it paused", () => {
  expect(
    shown(view({ state: "suspended", floor: { ...floor, paused_at: NOW, left: 20_000, zero_at: null } }), NOW).kind,
  ).toBe("suspended");
});

it("ends with the session", () => {
  expect(shown(view({ state: "closed", floor: null }), NOW).kind).toBe("finished");
});
