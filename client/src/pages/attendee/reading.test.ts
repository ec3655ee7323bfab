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

  it("are made again when an open phrase is not heard of any more: it must not look as if it went on", () => {
    const partials = [line("s7", "c", { status: "partial", position: null })];
    const grown = { ...state, partials };
    const open = settled(first, articlesOf(grown, turns), grown);
    const lost = { ...grown, stale: new Set(["s7"]) };
    const after = settled(open, articlesOf(lost, turns), lost);
    expect(after[0]).toBe(open[0]);
    expect(after[1]?.blocks[0]).toMatchObject({ pieces: [{ id: "s6", open: false }, { id: "s7", open: false }] });
  });

  it("keep the paragraphs that did not change, also where one article is the whole session", () => {
    const lines = [line("s1", "One."), line("s40", "Two."), line("s80", "Three")];
    const before = settled([], articlesOf({ ...EMPTY, lines }, []), EMPTY);
    const corrected = [...lines.slice(0, 2), line("s80", "Three.", { revision: 2 })];
    const after = settled(before, articlesOf({ ...EMPTY, lines: corrected }, []), EMPTY);
    expect(after[0]).not.toBe(before[0]);
    expect(after[0]?.blocks[1]).toBe(before[0]?.blocks[1]);
    expect(after[0]?.blocks[2]).toMatchObject({ pieces: [{ text: "Three." }] });
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
