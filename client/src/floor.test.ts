import { describe, expect, it } from "vitest";
import { allotted, turnClock } from "./floor";
import type { FloorView } from "./wire.gen";

const WARNINGS = [60_000, 30_000];
const running: FloorView = {
  turn: "t9",
  entry: "e1",
  who: {} as FloorView["who"],
  segment: "s1",
  part: 1,
  began_at: 1_000_000,
  held: 5_000,
  zero_at: 1_185_000,
  closes_at: 1_195_000,
  paused_at: null,
  pause_reason: null,
  left: null,
  grace: 10_000,
};
const paused: FloorView = {
  ...running,
  zero_at: null,
  closes_at: null,
  paused_at: 1_050_000,
  pause_reason: "sound",
  left: 135_000,
};
const at = (left: number, floor = running) => turnClock(floor, WARNINGS, 1_185_000 - left);

describe("the phase of a turn", () => {
  it("T2: is arithmetic on the view's instants", () => {
    expect(at(134_000)).toEqual({ phase: "running", left: 134_000, full: 180_000, reached: null, closesIn: null });
  });

  it.each([
    [60_001, "running", null],
    [60_000, "warning", 60_000],
    [30_001, "warning", 60_000],
    [30_000, "warning", 30_000],
    [10_001, "warning", 30_000],
    [10_000, "final", 10_000],
    [1, "final", 10_000],
    [0, "overtime", 10_000],
    [-4_000, "overtime", 10_000],
  ])("T3: with %i ms left it is %s", (left, phase, reached) => {
    expect(at(left)).toMatchObject({ phase, reached });
  });

  it("T3: takes warnings in any order", () => {
    expect(turnClock(running, [30_000, 60_000], 1_185_000 - 45_000).reached).toBe(60_000);
  });

  it("T3: does not warn a short turn at its very start", () => {
    const short = { ...running, zero_at: running.began_at + running.held + 30_000 };
    expect(turnClock(short, WARNINGS, running.began_at + running.held).phase).toBe("running");
  });

  it("T4: in overtime says when the server closes the floor, and never less than now", () => {
    expect(at(-4_000).closesIn).toBe(6_000);
    expect(at(-11_000).closesIn).toBe(0);
  });

  it("T4: has no closing where a person has to end the turn", () => {
    expect(at(-60_000, { ...running, closes_at: null })).toMatchObject({ phase: "overtime", closesIn: null });
  });

  it("T5: stands still while paused", () => {
    expect(turnClock(paused, WARNINGS, 1_050_000)).toEqual(turnClock(paused, WARNINGS, 1_999_000));
    expect(turnClock(paused, WARNINGS, 1_999_000)).toMatchObject({ phase: "paused", left: 135_000, closesIn: null });
  });

  it("shows no more than was allotted when the device is behind the engine", () => {
    expect(turnClock(running, WARNINGS, 999_900).left).toBe(180_000);
  });

  it("tells what was allotted, running and paused alike", () => {
    expect([allotted(running), allotted(paused)]).toEqual([180_000, 180_000]);
  });
});
