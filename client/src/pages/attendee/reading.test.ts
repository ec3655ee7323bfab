import { describe, expect, it } from "vitest";
import { articlesOf, EMPTY, type TrackState } from "../../captions";
import { line, turn } from "./model/example";
import { settled } from "./reading";

describe("articles that did not change", () => {
  const turns = [turn("t1", 0, 5_000), turn("t2", 5_000, null)];
  const state: TrackState = { ...EMPTY, lines: [line("s1", "a"), line("s6", "b")] };
  const first = settled([], articlesOf(state, turns), state);

  it("stay the same objects while the last one grows", () => {
    const partials = [line("s7", "c", { status: "partial", position: null })];
    const grown = { ...state, partials };
    const next = settled(first, articlesOf(grown, turns), grown);
    expect(next[0]).toBe(first[0]);
    expect(next[1]).not.toBe(first[1]);
    expect(next[1]?.blocks[0]).toMatchObject({ pieces: [{ id: "s6", open: false }, { id: "s7", open: true }] });
  });

  it("are made again when their speaker's label or their text changes", () => {
    const renamed = turns.map((one) => ({ ...one, who: { ...one.who, name: "W. Kamau" } }));
    expect(settled(first, articlesOf(state, renamed), state)[0]).not.toBe(first[0]);
    const corrected = { ...state, lines: [line("s1", "A", { revision: 2 }), state.lines[1] ?? line("s6", "b")] };
    expect(settled(first, articlesOf(corrected, turns), corrected)[0]?.blocks[0]).toMatchObject({
      pieces: [{ text: "A" }],
    });
  });
});
