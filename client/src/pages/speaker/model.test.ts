import { describe, expect, it } from "vitest";
import type { FloorView, OwnEntry, OwnTurn, PersonalView } from "../../wire.gen";
import { patternFor } from "./alerts";
import { alsoWaiting, keepsAwake, momentOf, nextDeadline, orderSegment, situation, topics } from "./model";

const NOW = 10_000_000;
const entry = (changes: Partial<OwnEntry> = {}): OwnEntry => ({
  id: "e1",
  status: "waiting",
  kind: "statement",
  segment: "s2",
  place: 5,
  expected_at: NOW + 600_000,
  readiness: "silent",
  absences: 0,
  allotted: 180_000,
  remaining: null,
  on_behalf_of: [],
  ...changes,
});
const floor = {
  turn: "t1",
  began_at: NOW - 50_000,
  held: 0,
  zero_at: NOW + 130_000,
  closes_at: NOW + 140_000,
  paused_at: null,
  left: null,
  grace: 10_000,
} as FloorView;
const SEGMENTS = [
  ["s0", "opening", "Opening"],
  ["s1", "topic", "Implementation"],
  ["s2", "topic", "Challenges"],
  ["s3", "reactions", "Reactions"],
  ["s4", "closing", "Closing"],
].map(([id, kind, title]) => ({ id, kind, title }));

function view(changes: Partial<PersonalView> = {}): PersonalView {
  const base = {
    state: "live",
    entries: [entry()],
    own_turn: false,
    floor,
    modalities: { warnings: [60_000, 30_000] },
    turns_spoken: [],
    may_request: false,
    segments: SEGMENTS,
    segment: "s2",
    waiting: 9,
    written_input: [],
  };
  return { ...base, ...changes } as unknown as PersonalView;
}
const turn: OwnTurn = { id: "t0", began_at: 0, ended_at: 1, used: 174_000, allotted: 180_000, ending: "yielded" };
const kind = (changes: Partial<PersonalView>) => situation(view(changes), NOW).kind;

describe("the situation of a speaker", () => {
  it("Q9: counts those before, who has the floor included", () => {
    expect(situation(view({ entries: [entry({ place: 4 })] }), NOW)).toMatchObject({ kind: "waiting", before: 4 });
    expect(situation(view({ entries: [entry({ place: 2 })] }), NOW)).toMatchObject({ kind: "soon", before: 2 });
    expect(situation(view({ entries: [entry({ place: 3 })], floor: null }), NOW)).toMatchObject({
      kind: "soon",
      before: 2,
    });
    expect(situation(view({ entries: [entry({ place: 3 })] }), NOW)).toMatchObject({ kind: "waiting", before: 3 });
  });

  it("Q9: is next at place 1, whether somebody speaks or not", () => {
    expect(kind({ entries: [entry({ place: 1 })] })).toBe("next");
    expect(kind({ entries: [entry({ place: 1 })], floor: null })).toBe("next");
  });

  it.each([
    ["scheduled", "scheduled"],
    ["open", "doors"],
    ["suspended", "waiting"],
  ] as const)("while the session is %s, on the list, is %s", (state, expected) => {
    expect(kind({ state, floor: null })).toBe(expected);
  });

  it("Q5: says that one is called, and afterwards that one was absent and is on again", () => {
    expect(kind({ entries: [entry({ place: 1, status: "called" })] })).toBe("called");
    expect(kind({ entries: [entry({ place: 7, status: "absent", absences: 1 })] })).toBe("absent");
    expect(kind({ entries: [entry({ place: 1, status: "absent", absences: 1 })] })).toBe("next");
  });

  it("Q2: tells the waiting list from the list", () => {
    expect(kind({ entries: [entry({ status: "late", place: null })] })).toBe("late");
  });

  it("T9: after a cut tells that time is kept", () => {
    expect(kind({ entries: [entry({ place: 1, status: "interrupted", remaining: 71_000 })] })).toBe("interrupted");
  });

  it("T1: is speaking exactly while the turn is one's own", () => {
    const mine = situation(view({ own_turn: true, entries: [entry({ status: "speaking", place: null })] }), NOW);
    expect(mine).toMatchObject({ kind: "speaking", turn: { phase: "running", left: 130_000 } });
    expect(kind({ own_turn: false, entries: [entry({ status: "heard", place: null })], turns_spoken: [turn] })).toBe(
      "heard",
    );
  });

  it("after the end is heard, not heard, or over", () => {
    expect(kind({ state: "closed", floor: null, entries: [entry({ status: "heard" })], turns_spoken: [turn] })).toBe(
      "heard",
    );
    expect(kind({ state: "closed", floor: null, entries: [entry({ status: "not_heard" })] })).toBe("not_heard");
    expect(kind({ state: "closed", floor: null, entries: [] })).toBe("finished");
  });

  it("shows a request that waits before a turn that is over", () => {
    expect(kind({ entries: [entry({ status: "heard" }), entry({ id: "e2", place: 6 })], turns_spoken: [turn] })).toBe(
      "waiting",
    );
  });

  it("Q1: without a request offers one, or says why not", () => {
    expect(kind({ entries: [], may_request: true })).toBe("request");
    expect(kind({ entries: [], may_request: false })).toBe("blocked");
    expect(kind({ entries: [], may_request: false, state: "scheduled", floor: null })).toBe("not_open");
    expect(kind({ entries: [entry({ status: "withdrawn" })], may_request: true })).toBe("withdrawn");
  });
});

describe("heard once, and asked again", () => {
  const heard = entry({ status: "heard", place: null });
  const after = (last: OwnEntry) => situation(view({ entries: [heard, last], turns_spoken: [turn] }), NOW);

  it("Q8: a later request that was not heard is told beside the turn", () => {
    const unheard = entry({ id: "e2", status: "not_heard", place: null });
    expect(after(unheard)).toMatchObject({ kind: "heard", unheard: { id: "e2" } });
  });

  it("one that was taken back is not", () => {
    expect(after(entry({ id: "e2", status: "withdrawn", place: null }))).toMatchObject({ kind: "heard", unheard: null });
  });

  it("nor one that was not heard before the turn", () => {
    const entries = [entry({ id: "e0", status: "not_heard", place: null }), heard];
    expect(situation(view({ entries, turns_spoken: [turn] }), NOW)).toMatchObject({ kind: "heard", unheard: null });
  });
});

describe("a point of order", () => {
  it("can be raised on the running topic while somebody else speaks", () => {
    expect(orderSegment(view())?.id).toBe("s2");
    expect(orderSegment(view({ entries: [] }))?.id).toBe("s2");
  });

  it("not while one speaks oneself, nobody does, the session stands, or the part is no topic", () => {
    expect(orderSegment(view({ own_turn: true }))).toBeNull();
    expect(orderSegment(view({ floor: null }))).toBeNull();
    expect(orderSegment(view({ state: "suspended" }))).toBeNull();
    expect(orderSegment(view({ segment: "s0" }))).toBeNull();
  });

  it("not twice at a time", () => {
    const raised = entry({ id: "e2", kind: "point_of_order", place: 1 });
    expect(orderSegment(view({ entries: [raised, entry()] }))).toBeNull();
    expect(orderSegment(view({ entries: [{ ...raised, status: "heard" }, entry()] }))?.id).toBe("s2");
  });
});

describe("topics", () => {
  it("can be chosen from the running segment on, topics and reactions only", () => {
    expect(topics(view()).map(({ id }) => id)).toEqual(["s2", "s3"]);
    expect(topics(view({ segment: null })).map(({ id }) => id)).toEqual(["s1", "s2", "s3"]);
  });

  it("of further requests are shown beside the first", () => {
    const two = view({ entries: [entry(), entry({ id: "e2", place: 8 }), entry({ id: "e3", status: "heard" })] });
    expect(alsoWaiting(two, entry()).map(({ id }) => id)).toEqual(["e2"]);
  });
});

it("S3: the invitation to write names the next deadline that is not over", () => {
  const deadlines = [NOW + 5_000, NOW - 5_000, NOW + 1_000].map((at) => ({ at, timezone: "UTC", source: "" }));
  expect(nextDeadline(view({ written_input: deadlines }), NOW)?.at).toBe(NOW + 1_000);
  expect(nextDeadline(view({ written_input: deadlines }), NOW + 9_000)).toBeNull();
});

describe("what is told without looking", () => {
  const speaking = (left: number) =>
    momentOf(situation(view({ own_turn: true, floor: { ...floor, zero_at: NOW + left } }), NOW));

  it("T3: changes at each threshold", () => {
    expect([130_000, 60_000, 30_000, 10_000, 0].map(speaking)).toEqual([
      "floor",
      "warning-60000",
      "warning-30000",
      "warning-10000",
      "overtime",
    ]);
  });

  it("is given once a change, and not for becoming quiet", () => {
    expect(patternFor("quiet", "soon")).not.toBeNull();
    expect(patternFor("soon", "soon")).toBeNull();
    expect(patternFor("next", "floor")).not.toBeNull();
    expect(patternFor("overtime", "quiet")).toBeNull();
  });

  it("is not given again when a pause ends or time is added", () => {
    expect(patternFor("paused", "floor")).toBeNull();
    expect(patternFor("warning-30000", "floor")).toBeNull();
  });

  it("keeps the screen on from two speakers before", () => {
    expect(keepsAwake(situation(view({ entries: [entry({ place: 2 })] }), NOW))).toBe(true);
    expect(keepsAwake(situation(view(), NOW))).toBe(false);
  });
});
