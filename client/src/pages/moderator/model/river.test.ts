import { describe, expect, test } from "vitest";
import { MINUTE, NOW, START, between, entry, view } from "../../../team/example";
import { river } from "./river";

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

describe("the river, to scale", () => {
  test("what is too long lies beyond the end, in proportion", () => {
    const drawn = river(view(), NOW);
    expect(drawn.end).toBeCloseTo((120 / 126) * 100);
    expect(drawn.overflow?.at).toBeCloseTo(drawn.end);
    expect(drawn.overflow?.size).toBeCloseTo((6 / 126) * 100);
    expect(drawn.now).toBeCloseTo((65 / 126) * 100);
    expect(drawn.minutesLeft).toBe(55);
  });

  test("where all fits, the end is the window's end and nothing lies beyond", () => {
    const fits = view({ forecast: { ...view().forecast, ends_at: START + 110 * MINUTE, surplus: -10 * MINUTE } });
    expect(river(fits, NOW)).toMatchObject({ end: 100, overflow: null });
  });

  test("half a minute too long is not drawn: the forecast slides by that much", () => {
    const near = view({ forecast: { ...view().forecast, ends_at: START + 120 * MINUTE + 20_000, surplus: 20_000 } });
    expect(river(near, NOW).overflow).toBeNull();
  });

  test("segments lie where they were, and what is to come fills the time that is left", () => {
    const { stretches, end } = river(view(), NOW);
    expect(stretches.map((s) => s.flow)).toEqual(["done", "live", "to_come", "to_come"]);
    expect(stretches[0]).toMatchObject({ begins: START, ends: START + 10 * MINUTE, used: 100 });
    expect(stretches.at(-1)?.ends).toBeCloseTo(START + 120 * MINUTE);
    expect(sum(stretches.map((s) => s.size))).toBeCloseTo(end);
    const [rest, third, last] = stretches.slice(1).map((s, i) => (i === 0 ? s.ends - NOW : s.ends - s.begins));
    expect(third! / last!).toBeCloseTo(4);
    expect(rest! / last!).toBeCloseTo(0.5); // 5 of 60 planned minutes are left of it, against 10 of the closing
  });

  test("of the running segment the used part reaches to the now-line", () => {
    const drawn = river(view(), NOW);
    const live = drawn.stretches[1]!;
    expect(live.at + (live.size * live.used) / 100).toBeCloseTo(drawn.now!);
  });

  test("a late start is a gap, and the whole agenda waits behind it", () => {
    const waiting = between({ state: "open", started_at: null, segment: null, turns: [] });
    const unbegun = { ...waiting, segments: waiting.segments.map((s) => ({ ...s, began_at: null })) };
    const drawn = river(unbegun, START - 5 * MINUTE);
    expect(drawn).toMatchObject({ now: null, minutesLeft: null });
    expect(drawn.stretches.every((s) => s.flow === "to_come" && s.used === 0)).toBe(true);
    expect(drawn.stretches[0]?.begins).toBe(START);
  });

  test("past the end the window grows with the now-line, and minutes count below zero", () => {
    const late = START + 130 * MINUTE;
    const drawn = river(view(), late);
    expect(drawn.now).toBeCloseTo(100);
    expect(drawn.minutesLeft).toBe(-10);
    expect(drawn.overflow?.size).toBeCloseTo((10 / 130) * 100);
  });

  test("a closed session has no now-line and ends when it was closed", () => {
    const closed = between({ state: "closed", closed_at: START + 118 * MINUTE, order: [] });
    const drawn = river(closed, START + 200 * MINUTE);
    expect(drawn).toMatchObject({ now: null, overflow: null, minutesLeft: null, expected: START + 118 * MINUTE });
    expect(drawn.stretches.at(-1)).toMatchObject({ flow: "done", ends: START + 118 * MINUTE });
  });

  test("turns are beats: heard, running, expected, and beyond the end", () => {
    const beyond = view({
      entries: [entry("e1"), entry("e2", { expected_at: START + 121 * MINUTE })],
      order: ["e1", "e2"],
    });
    const { pulses } = river(beyond, NOW);
    expect(pulses.map((p) => [p.id, p.flow, p.over])).toEqual([
      ["t100", "done", false],
      ["t118", "live", false],
      ["e1", "to_come", false],
      ["e2", "to_come", true],
    ]);
    expect(pulses[0]?.size).toBeCloseTo((3 / 126) * 100);
  });
});
