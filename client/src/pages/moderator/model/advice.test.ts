import { describe, expect, test } from "vitest";
import { MINUTE, START, between, entry, view } from "../../../team/example";
import type { ForecastOption, ForecastView } from "../../../wire.gen";
import { bars, endChoice, headline, optionCommand, outcome, suggested, unheard } from "./advice";
import { W } from "./example";

const forecast = (changes: Partial<ForecastView>) => view({ forecast: { ...view().forecast, ...changes } });
const option = (changes: Partial<ForecastOption>): ForecastOption => ({
  code: "leave",
  limit: null,
  minutes: null,
  ends_at: START + 118 * MINUTE,
  heard: 14,
  to_write: 0,
  ...changes,
});

describe("F2: the headline", () => {
  test("too many minutes for those who wait", () => {
    expect(headline(forecast({ surplus: 6 * MINUTE, waiting: 14 }))).toEqual({
      tone: "stop",
      lead: { key: "moderator.advice.too_many", values: { n: 6 } },
      rest: { key: "moderator.advice.for_waiting", values: { n: 14 } },
    });
  });

  test("time to spare, or just enough", () => {
    expect(headline(forecast({ surplus: -9 * MINUTE, waiting: 2 })).lead).toEqual({
      key: "moderator.advice.to_spare",
      values: { n: 9 },
    });
    expect(headline(forecast({ surplus: 10_000, waiting: 2 })).lead.key).toBe("moderator.advice.fits");
  });

  test("nobody waits", () => {
    expect(headline(forecast({ surplus: 6 * MINUTE, waiting: 0 }))).toMatchObject({ tone: "plain", rest: null });
  });
});

describe("F2: the options, before anything is applied", () => {
  test("the outcome says who is heard and who is invited to write", () => {
    expect(outcome(option({}), W).map((s) => s.key)).toEqual(["moderator.option.ends", "moderator.option.all_heard"]);
    expect(outcome(option({ heard: 12, to_write: 2 }), W).slice(1)).toEqual([
      { key: "moderator.option.heard", values: { n: 12 } },
      { key: "moderator.option.to_write", values: { n: 2 } },
    ]);
  });

  test("each becomes its command; leaving is none", () => {
    expect(optionCommand(view(), option({ code: "limit", limit: 150_000 }))).toEqual({
      type: "change_limit",
      limit: 150_000,
    });
    expect(optionCommand(view(), option({ code: "close_list" }))).toEqual({ type: "close_list" });
    expect(optionCommand(view(), option({ code: "extend", minutes: 6 }))).toMatchObject({
      type: "extend_session",
      minutes: 6,
    });
    expect(optionCommand(view(), option({}))).toBeNull();
    expect(optionCommand(view({ list_open: false }), option({ code: "close_list" }))).toBeNull();
  });
});

describe("T10: the end", () => {
  const end = view().ends_at;
  test("a choice from five minutes before, and past it", () => {
    expect(endChoice(view(), end - 5 * MINUTE - 1)).toBeNull();
    expect(endChoice(view(), end - 5 * MINUTE)).toBe(5 * MINUTE);
    expect(endChoice(view(), end + MINUTE)).toBe(-MINUTE);
    expect(endChoice(between({ state: "closed" }), end)).toBeNull();
  });

  test("closing names all who wait, late ones too, but not whose first part was heard", () => {
    const left = view({
      entries: [
        entry("e1"),
        entry("e2", { status: "interrupted" }),
        entry("l1", { status: "late" }),
        entry("h1", { status: "heard" }),
      ],
      order: ["e1", "e2"],
      late: ["l1"],
    });
    expect(unheard(left).map((e) => e.id)).toEqual(["e1", "l1"]);
  });
});

describe("Q3: balance and suggestion", () => {
  test("bars are measured against the longest, first-time speakers last", () => {
    const balance = [
      { group: "first_time", key: "yes", used: 7 * MINUTE, turns: 2 },
      { group: "first_time", key: "no", used: 25 * MINUTE, turns: 9 },
      { group: "constituency", key: "civil_society", used: 9 * MINUTE, turns: 3 },
      { group: "constituency", key: "local_government", used: 18 * MINUTE, turns: 7 },
      { group: "region", key: "africa", used: 9 * MINUTE, turns: 3 },
    ] as const;
    const shown = bars(view({ balance }), "constituency");
    expect(shown.map((b) => [b.key, b.minutes, b.share])).toEqual([
      ["local_government", 18, 1],
      ["civil_society", 9, 0.5],
      ["yes", 7, 7 / 18],
    ]);
    expect(bars(view({ balance }), "region").map((b) => b.key)).toEqual(["africa"]);
  });

  test("a suggested order says from where to where", () => {
    const suggestion = ["e2", "e1", "e3"].map((id) => ({ entry: id, reason: "asked_first" as const, key: null }));
    expect(suggested(view({ suggestion })).map((s) => [s.entry.id, s.from, s.to])).toEqual([
      ["e2", 2, 1],
      ["e1", 1, 2],
      ["e3", 3, 3],
    ]);
  });
});
