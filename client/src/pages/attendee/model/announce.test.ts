import { describe, expect, it } from "vitest";
import { EMPTY, type TrackState } from "../../../captions";
import { newsIn, NOTHING_TOLD } from "./announce";
import { line } from "./example";

const state = (position: number, ...ids: string[]): TrackState => ({
  ...EMPTY,
  position,
  lines: ids.map((id) => line(id, id)),
});
const readOut = (...states: TrackState[]): string[][] => {
  let told = NOTHING_TOLD;
  return states.map((one) => {
    const heard = newsIn(one, told);
    told = heard.told;
    return heard.news.map(({ id }) => id);
  });
};

describe("what is read out", () => {
  it("is each final once, none that was there before", () => {
    expect(readOut(EMPTY, state(2, "s1", "s2"), state(3, "s1", "s2", "s3"), state(3, "s1", "s2", "s3"))).toEqual([
      [],
      [],
      ["s3"],
      [],
    ]);
  });

  it("is no older page, however late it comes", () => {
    expect(readOut(state(9, "s9"), state(9, "s7", "s8", "s9"), state(10, "s7", "s8", "s9", "s10"))).toEqual([
      [],
      [],
      ["s10"],
    ]);
  });

  it("is what is said off the record too, and no correction", () => {
    const off = { ...state(1, "s1"), lines: [line("s1", "a"), line("s2", "b", { position: null })] };
    const corrected = { ...off, position: 3, lines: [...off.lines, line("s3", "c", { status: "corrected" as const })] };
    expect(readOut(state(1, "s1"), off, corrected)).toEqual([[], ["s2"], []]);
  });

  it("begins anew when the track does", () => {
    expect(readOut(state(9, "s9"), EMPTY, state(2, "s1", "s2"), state(3, "s1", "s2", "s3"))).toEqual([
      [],
      [],
      [],
      ["s3"],
    ]);
  });
});
