import { beforeAll, describe, expect, it } from "vitest";
import { speak } from "../../../i18n";
import type { Bin, Row, SegmentView, Statistics } from "../../../wire.gen";
import { against, bars, fullest, isEmpty, requests, scaleOf, strips, ticks, toExplain } from "./model";

const MINUTE = 60_000;
const row = (key: string, minutes: number, untimed = 0): Row => ({
  key,
  interventions: 3,
  untimed,
  used: minutes * MINUTE,
  share_of_interventions: 50,
  share_of_time: 50,
});
const bin = (number: number, by: Readonly<Record<string, number>> = {}): Bin => ({
  began_at: number * 10 * MINUTE,
  used: Object.values(by).reduce((sum, one) => sum + one, 0),
  by,
});
const counts = { requests: 9, late: 0, waiting: 3, speaking: 1, heard: 4, video: 0, not_heard: 0, withdrawn: 1 };
const total = { interventions: 5, untimed: 0, used: 600_000, allotted: 900_000, overtime: 60_000, over: 1 };
const told = (fields: Partial<Statistics> = {}): Statistics => ({
  format: "isegoria-statistics/1",
  tier: "publishable",
  counts,
  counted: 0,
  unfinished: 1,
  total,
  constituencies: [row("local_government", 8), row("together", 2)],
  regions: [],
  countries: [],
  segments: [],
  first_time: [],
  bins: [],
  handovers: 0,
  handover: null,
  ...fields,
});

beforeAll(() => speak("en", ["common", "statistics"]));

describe("a table's bars", () => {
  it("are as long as their time is to the longest", () => {
    expect(bars("regions", [row("africa", 8), row("europe", 2)], []).map(({ length }) => length)).toEqual([1, 0.25]);
  });

  it("have no length where no time is told", () => {
    expect(bars("regions", [row("africa", 0, 3)], [])[0]?.length).toBe(0);
  });

  it("are drawn as what they are: a group, several together, or nobody's", () => {
    const rows = [row("other", 3), row("together", 2), row("unknown", 1)];
    expect(bars("constituencies", rows, []).map(({ fill, name }) => [fill, name])).toEqual([
      ["group", "Other"],
      ["together", "Told together"],
      ["unknown", "Not declared"],
    ]);
  });

  it("are named by what their table is of", () => {
    const segments = [{ id: "one", kind: "topic", title: "Budgets" }] as unknown as SegmentView[];
    const named = (group: Parameters<typeof bars>[0], key: string): string | undefined =>
      bars(group, [row(key, 1)], segments)[0]?.name;
    expect(named("segments", "one")).toBe("1 · Budgets");
    expect(named("segments", "gone")).toBe("A part that is no longer on the agenda");
    expect(named("regions", "africa")).toBe("Africa");
    expect(named("countries", "KE")).toBe("Kenya");
    expect(named("first_time", "yes")).toBe("Speak here for the first time");
    expect(named("first_time", "no")).toBe("Have spoken before");
  });
});

describe("what was used of what was allotted", () => {
  it("lies within it, and beyond it what was over", () => {
    expect(against(total)).toEqual({ within: 0.5625, left: 0.375, over: 0.0625 });
  });

  it("adds up to the whole, also where an interrupted turn used more than was allotted", () => {
    const { within, left, over } = against({ ...total, used: 1_000_000, allotted: 900_000 });
    expect(within + left + over).toBeCloseTo(1);
    expect(left).toBe(0);
  });

  it("is nothing where nothing was allotted", () => {
    expect(against({ ...total, used: 0, allotted: 0, overtime: 0 })).toEqual({ within: 0, left: 0, over: 0 });
  });
});

describe("who was heard when", () => {
  const bins = [bin(0, { local_government: 300_000 }), bin(1), bin(2, { local_government: 60_000, together: 90_000 })];

  it("is a strip for each constituency, as long as the session", () => {
    expect(strips(told({ bins }))).toEqual([
      { key: "local_government", parts: [300_000, 0, 60_000], used: 360_000 },
      { key: "together", parts: [0, 0, 90_000], used: 90_000 },
    ]);
  });

  it("has no strip of who was not heard, or when is not told", () => {
    const silent = told({ bins, constituencies: [row("local_government", 6), row("together", 0), row("un", 0, 2)] });
    expect(strips({ ...silent, bins: bins.slice(0, 1) }).map(({ key }) => key)).toEqual(["local_government"]);
  });

  it("is drawn to a round number of minutes that the longest fits into", () => {
    const scale = (longest: number): number => scaleOf([{ key: "un", used: 0, parts: [0, longest * MINUTE] }]) / MINUTE;
    expect([0, 0.5, 1, 1.1, 2.5, 4, 5.1, 10].map(scale)).toEqual([1, 1, 1, 2, 3, 5, 10, 10]);
  });

  it("was most in the fullest ten minutes, the first of several", () => {
    expect(fullest([bin(0), bin(1, { un: 5 }), bin(2, { un: 5 })])?.began_at).toBe(10 * MINUTE);
    expect(fullest([])).toBeNull();
  });
});

describe("the ticks of an axis", () => {
  const axis = (length: number) => ticks(Array.from({ length }, (_, number) => bin(number)));

  it.each([1, 6, 7, 8, 13, 30, 48, 100, 1_000])("of %i bins are seven at most, from the first on", (length) => {
    const shown = axis(length);
    expect(shown.length).toBeLessThanOrEqual(7);
    expect(shown[0]).toEqual({ at: 0, place: 0, major: true });
  });

  it("are as many as there is room for", () => {
    expect([7, 8, 14, 15].map((length) => axis(length).length)).toEqual([7, 4, 7, 5]);
  });

  it("stand where their ten minutes begin, every other one where there is little room", () => {
    expect(axis(9)).toEqual([
      { at: 0, place: 0, major: true },
      { at: 20 * MINUTE, place: 2 / 9, major: false },
      { at: 40 * MINUTE, place: 4 / 9, major: true },
      { at: 60 * MINUTE, place: 6 / 9, major: false },
      { at: 80 * MINUTE, place: 8 / 9, major: true },
    ]);
  });
});

describe("what is said", () => {
  it("of the requests leaves out what there is none of", () => {
    expect(requests(told()).map(({ key, n }) => `${key} ${n}`)).toEqual([
      "heard 4",
      "speaking 1",
      "waiting 3",
      "withdrawn 1",
    ]);
  });

  it("explains what is there, and nothing else", () => {
    expect(toExplain(told())).toEqual(["together"]);
    expect(toExplain(told({ constituencies: [row("un", 1)], regions: [row("unknown", 1)] }))).toEqual(["unknown"]);
    const hidden = told({ constituencies: [], counted: 1, total: { ...total, untimed: 2 } });
    expect(toExplain(hidden)).toEqual(["untimed", "counted"]);
  });

  it("is that nobody was heard only where nobody is counted either", () => {
    const nobody = { ...total, interventions: 0 };
    expect(isEmpty(told({ total: nobody }))).toBe(true);
    expect(isEmpty(told({ total: nobody, counted: 1 }))).toBe(false);
  });
});
