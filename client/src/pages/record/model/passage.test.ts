import { describe, expect, test } from "vitest";
import { receive } from "../../../captions";
import { line, NOW, quote, track, trackView, turn } from "./example";
import { besideOf, chosenKeys, followed, isIncomplete, originalOf, passageOf, rowsOf, spanOf } from "./passage";

const turns = [turn("t1", 0, 10)];
const es = (n: number, at: number) =>
  line(n, { id: `es${n}`, language: "es", is_translation: true, spoken_at: NOW + at, text: `Línea ${n}.` });

describe("rows", () => {
  test("C21 keep a line that is retracted while it is corrected, in its place", () => {
    const gone = line(5, { id: "s1", revision: 2, status: "retracted", text: "", spoken_at: NOW + 1_000 });
    const state = track([line(1), line(2), gone]);
    expect(rowsOf(state, null, turns).map(({ key }) => key)).toEqual(["s2"]);
    expect(rowsOf(state, null, turns, "s1").map(({ key }) => key)).toEqual(["s1", "s2"]);
    expect(rowsOf(state, null, turns, "s2").map(({ key }) => key)).toEqual(["s2"]);
  });

  test("hold what was said during the turns, and nothing of others", () => {
    const rows = rowsOf(track([line(1), line(9), line(10), line(12)]), null, turns);
    expect(rows.map(({ key }) => key)).toEqual(["s1", "s9"]);
  });

  test("of several parts leave out what lies between", () => {
    const parts = [turn("t1", 0, 3), turn("t3", 8, null, 2)];
    expect(rowsOf(track([line(1), line(5), line(9)]), null, parts).map(({ key }) => key)).toEqual(["s1", "s9"]);
  });

  test("have the translation that came since, by time", () => {
    const rows = rowsOf(track([line(1), line(4)]), track([es(1, 1_000), es(2, 3_999), es(3, 6_000)]), turns);
    expect(rows.map((row) => row.translations.map(({ id }) => id))).toEqual([["es1", "es2"], ["es3"]]);
  });

  test("put a translation from before the first line to that line, and into a row of its own without any", () => {
    expect(rowsOf(track([line(4)]), track([es(1, 500)]), turns)[0]?.translations).toHaveLength(1);
    const alone = rowsOf(track([]), track([es(1, 500)]), turns);
    expect(alone.map(({ line: spoken, translations }) => [spoken, translations.length])).toEqual([[null, 1]]);
  });

  test("show holes of what was spoken, not those of the translation", () => {
    const hole = { status: "gap", text: "", reason: "interrupted" } as const;
    const rows = rowsOf(track([line(1), line(2, hole)]), track([{ ...es(1, 3_000), ...hole }]), turns);
    expect(rows.map(({ translations, line: spoken }) => [spoken?.status, translations.length])).toEqual([
      ["final", 0],
      ["gap", 0],
    ]);
  });

  test("are incomplete while lines from before the turn's beginning may be missing", () => {
    expect(isIncomplete(track([line(101)], true), [turn("t1", 50, null)])).toBe(true);
    expect(isIncomplete(track([line(101)], true), [turn("t1", 102, null)])).toBe(false);
    expect(isIncomplete(track([line(101)]), [turn("t1", 50, null)])).toBe(false);
  });
});

describe("a passage is chosen", () => {
  const state = track([line(1), line(2), line(3), line(4, { status: "partial", position: null })]);
  const rows = rowsOf(state, null, turns);

  test("from the line where it began to that where it stands, in both directions", () => {
    expect(chosenKeys(rows, { anchor: "s1", head: "s3" })).toEqual(["s1", "s2", "s3"]);
    expect(chosenKeys(rows, { anchor: "s3", head: "s2" })).toEqual(["s2", "s3"]);
    expect(chosenKeys(rows, { anchor: "s3", head: "gone" })).toEqual([]);
    expect(chosenKeys(rows, null)).toEqual([]);
  });

  test("and named by positions; an open phrase has none", () => {
    expect(spanOf(rows, ["s2", "s3", "s4"], state)).toEqual({ first: 2, last: 3 });
    expect(spanOf(rows, ["s4"], state)).toBeNull();
  });

  test("by those at which its lines were kept at first, not by a correction's", () => {
    const corrected = receive(state, {
      ...{ track: "floor", after: 1_000, position: 1_001, more: false, test: false },
      segments: [line(2, { revision: 2, status: "corrected", position: 1_001, text: "Line two." })],
    });
    const now = rowsOf(corrected, null, turns);
    expect(spanOf(now, ["s2"], corrected)).toEqual({ first: 2, last: 2 });
    expect(passageOf(corrected, { first: 2, last: 3 })?.text).toBe("Line two. Line 3.");
    expect(passageOf(corrected, { first: 1_001, last: 1_001 })?.text).toBe("Line two.");
  });
});

describe("R7 a quote", () => {
  test("is machine text if a machine wrote any of it", () => {
    const human = line(2, { origin: "human" });
    expect(passageOf(track([human, line(3)]), quote())?.machine).toBe(true);
    expect(passageOf(track([human, line(3, { origin: "human" })]), quote())?.machine).toBe(false);
  });
  test("is not there before its lines are", () => {
    expect(passageOf(track([line(7)]), quote())).toBeNull();
    expect(passageOf(track([line(2), line(3)]), quote())).toMatchObject({
      text: "Line 2. Line 3.",
      spokenAt: NOW + 2_000,
    });
  });
});

describe("tracks", () => {
  const all = [trackView("es"), trackView("floor"), trackView("ar")];
  test("the original is the floor's, else one that is no translation, else the first", () => {
    expect(originalOf(all)?.track).toBe("floor");
    expect(originalOf([trackView("es"), trackView("en", { is_translation: false })])?.track).toBe("en");
    expect(originalOf([trackView("es")])?.track).toBe("es");
    expect(originalOf([])).toBeNull();
  });
  test("beside it is what was asked for, else the page's language, else the first", () => {
    expect(besideOf(all, "ar", "es")?.track).toBe("ar");
    expect(besideOf(all, null, "es")?.track).toBe("es");
    expect(besideOf(all, "fr", "en")?.track).toBe("es");
    expect(besideOf(all, "", "es")).toBeNull();
    expect(besideOf([trackView("floor")], "floor", "en")).toBeNull();
  });
  test("what quotes are taken from is followed too, four at once", () => {
    const quotes = ["fr", "es", "zh", "ru"].map((name) => quote({ track: name }));
    expect(followed([trackView("floor"), trackView("es")], quotes)).toEqual(["floor", "es", "fr", "zh"]);
    expect(followed([trackView("floor"), null], [])).toEqual(["floor"]);
  });
});
