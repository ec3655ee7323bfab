import { describe, expect, test } from "vitest";
import { NOW, between, entry, view } from "../../../team/example";
import type { SessionState } from "../../../wire.gen";
import { floorActs, mayAct, nextEntries, nextSegment, primary } from "./may";

const YES = { act: true, why: null };
const NO = { act: false, why: null };

describe("who may act, and when", () => {
  test.each(["moderator", "secretariat"] as const)("%s may", (role) => {
    expect(mayAct(view({ me: { person: "m", role, name: "M" } }), "live", false)).toEqual(YES);
  });

  test("the rapporteur reads, and is told why", () => {
    const may = mayAct(view({ me: { person: "r", role: "rapporteur", name: "R" } }), "live", false);
    expect(may).toEqual({ act: false, why: { key: "moderator.why.role" } });
  });

  test.each([
    ["reconnecting", false, "moderator.why.reconnecting"],
    ["connecting", false, "moderator.why.reconnecting"],
    ["live", true, "moderator.why.engine_away"],
  ] as const)("%s, engine away %s: read-only with the reason", (link, away, key) => {
    expect(mayAct(view(), link, away)).toEqual({ act: false, why: { key } });
  });

  test("a closed session cannot be changed", () => {
    expect(mayAct(between({ state: "closed" }), "live", false).act).toBe(false);
  });
});

describe("the buttons of the floor", () => {
  test("a running turn can be paused, not resumed", () => {
    expect(floorActs(view(), YES, NOW)).toEqual({
      pause: true,
      resume: false,
      extend: true,
      shorten: true,
      end: true,
      interrupt: false,
    });
  });

  test("nobody on the floor, or nobody who may: none works", () => {
    const none = { pause: false, resume: false, extend: false, shorten: false, end: false, interrupt: false };
    expect(floorActs(between(), YES, NOW)).toEqual(none);
    expect(floorActs(view(), NO, NOW)).toEqual(none);
  });

  test("T6: a turn is shortened by what is left of it, to the very step", () => {
    const left = (ms: number) => view({ floor: { ...view().floor!, zero_at: NOW + ms } });
    expect(floorActs(left(30_000), YES, NOW).shorten).toBe(true);
    expect(floorActs(left(29_999), YES, NOW).shorten).toBe(false);
    expect(floorActs(left(-5_000), YES, NOW)).toMatchObject({ shorten: false, extend: true });
  });

  test("T9: interruption from 60 s after the pause for a lost connection on", () => {
    const paused = view({
      floor: {
        ...view().floor!,
        paused_at: NOW,
        pause_reason: "connection",
        zero_at: null,
        closes_at: null,
        left: 60_000,
      },
      team_turn: { ...view().team_turn!, interruptible_at: NOW + 60_000 },
    });
    expect(floorActs(paused, YES, NOW + 59_999)).toMatchObject({ interrupt: false, resume: true, pause: false });
    expect(floorActs(paused, YES, NOW + 60_000).interrupt).toBe(true);
  });

  test("a suspended session keeps its turn paused; it can be ended", () => {
    const paused = { ...view().floor!, paused_at: NOW, zero_at: null, closes_at: null, left: 60_000 };
    const suspended = view({ state: "suspended", floor: paused });
    expect(floorActs(suspended, YES, NOW)).toMatchObject({ pause: false, resume: false, extend: false, end: true });
  });
});

describe("the one primary button", () => {
  test.each([
    ["scheduled", "open_doors"],
    ["open", "start_session"],
    ["suspended", "resume_session"],
    ["closed", "none"],
  ] as readonly [SessionState, string][])("S2: %s leads to %s", (state, act) => {
    expect(primary(between({ state })).act).toBe(act);
  });

  test("it gives the floor to who is first, and says whose turn that ends", () => {
    expect(primary(view())).toMatchObject({ act: "give_floor", entry: { id: "e1" }, ends: "Wanjiru Kamau" });
    expect(primary(between())).toMatchObject({ act: "give_floor", entry: { id: "e1" }, ends: null });
  });

  test("when the next belongs to a later topic, that topic begins first", () => {
    expect(primary(between({ order: ["e3"] }))).toMatchObject({ act: "start_segment", segment: { id: "s3" } });
    expect(primary(view({ order: ["e3"] }))).toMatchObject({ act: "give_floor", entry: { id: "e3" } });
  });

  test("a point of order waits for no topic", () => {
    const order = view({ entries: [entry("e3", { segment: "s3", kind: "point_of_order" })], order: ["e3"] });
    expect(primary({ ...order, floor: null })).toMatchObject({ act: "give_floor" });
  });

  test("nobody waits: the next segment, and after the last one the closing", () => {
    expect(primary(between({ order: [] }))).toMatchObject({ act: "start_segment", segment: { id: "s3" } });
    expect(primary(between({ order: [], segment: "s4" })).act).toBe("close_session");
    expect(primary(view({ order: [] })).act).toBe("none");
  });

  test("the agenda's next segment", () => {
    expect(nextSegment(view())?.id).toBe("s3");
    expect(nextSegment(view({ segment: null }))?.id).toBe("s1");
    expect(nextSegment(view({ segment: "s4" }))).toBeNull();
  });

  test("those who come next, as the view names them", () => {
    const named = view({ next: [{ entry: "e2", who: entry("e2").who, segment: "s2", expected_at: null }] });
    expect(nextEntries(named).map((e) => e.id)).toEqual(["e2"]);
    expect(nextEntries(view()).map((e) => e.id)).toEqual(["e1", "e2", "e3"]);
  });
});
