import { describe, expect, it } from "vitest";
import type { ContributionView, TeamEntry, TeamView } from "../../../wire.gen";
import { CEILING } from "../../../contributions";
import { came, room, toAsk, unheard } from "./model";

const entry = (id: string, person: string, status: TeamEntry["status"], changes: Partial<TeamEntry> = {}): TeamEntry =>
  ({
    id,
    person,
    status,
    segment: "one",
    kind: "statement",
    attribution: "named",
    protected: false,
    ...changes,
  }) as TeamEntry;
const text = (id: string, person: string, changes: Partial<ContributionView> = {}): ContributionView =>
  ({ id, person, entry: null, size: 10, ...changes }) as ContributionView;
const view = (entries: TeamEntry[], contributions: ContributionView[], changes: Partial<TeamView> = {}): TeamView =>
  ({ entries, notebook: { contributions }, turns: [], spoken: [], floor: null, ...changes }) as unknown as TeamView;

describe("what came", () => {
  it("is put beside what was spoken, newest first", () => {
    const turns = [
      { id: "t1", began_at: 100 },
      { id: "t2", began_at: 200 },
    ] as unknown as TeamView["turns"];
    const spoken = [
      { turn: "t2", entry: "e1" },
      { turn: "t1", entry: "e1" },
    ] as unknown as TeamView["spoken"];
    const all = came(
      view(
        [entry("e1", "ana", "heard"), entry("e2", "bob", "not_heard")],
        [text("w1", "ana", { entry: "e1" }), text("w2", "bob", { entry: "e2" }), text("w3", "cat")],
        { turns, spoken },
      ),
    );
    expect(all.map(({ one, when, spokenAt }) => [one.id, when, spokenAt])).toEqual([
      ["w3", "none", null],
      ["w2", "not_heard", null],
      ["w1", "spoken", 100],
    ]);
  });

  it("R5: says of whom the report may not give the words, of any of their texts", () => {
    const entries = [
      entry("e1", "ana", "heard", { protected: true }),
      entry("e2", "bob", "waiting", { attribution: "not_for_report" }),
    ];
    const all = came(view(entries, [text("w1", "ana"), text("w2", "bob"), text("w3", "cat")]));
    expect(all.map(({ mark }) => mark)).toEqual([null, "left_out", "protected"]);
  });
});

describe("whom to ask", () => {
  it("Q8: those who were not heard at all and have handed in nothing, each once", () => {
    const told = view(
      [
        entry("e1", "ana", "not_heard"),
        entry("e2", "ana", "not_heard"),
        entry("e3", "bob", "heard"),
        entry("e4", "bob", "not_heard"),
        entry("e5", "cat", "not_heard"),
        entry("e6", "dan", "waiting"),
      ],
      [text("w1", "cat")],
    );
    expect(toAsk(told).map(({ id }) => id)).toEqual(["e1"]);
    expect(unheard(told)).toBe(3);
  });
});

it("counts the room that is left", () => {
  expect(room(view([], [text("w1", "ana", { size: 30 }), text("w2", "bob", { size: 12 })]))).toEqual({
    used: 42,
    left: CEILING - 42,
  });
});
