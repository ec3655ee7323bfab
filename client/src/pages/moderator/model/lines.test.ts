import { describe, expect, test } from "vitest";
import { EMPTY, receive } from "../../../captions";
import { line as caption, NOW } from "../../../team/example";
import type { WireCaption } from "../../../wire.gen";
import { earlier, fate, newestKept, newestLines } from "./lines";

const track = (...segments: WireCaption[]) =>
  receive(EMPTY, { track: "en", after: 0, position: segments.length, segments, more: false, test: false });

describe("the newest lines", () => {
  test("newest first, by the time of speaking, and thirty of them", () => {
    const many = Array.from({ length: 40 }, (_, i) => caption(i + 1));
    const late = caption(41, { spoken_at: NOW + 20_500 });
    const shown = newestLines(track(...many, late)).map((line) => line.id);
    expect(shown).toHaveLength(30);
    expect(shown[0]).toBe("s40");
    expect(shown[19]).toBe("s21");
    expect(shown[20]).toBe("s41");
  });

  test("a corrected line once, a retracted one too; no gaps, and nothing that is not kept", () => {
    const state = track(
      caption(1),
      caption(2),
      caption(3, { status: "gap", text: "", reason: "interrupted" }),
      caption(4, { id: "s1", revision: 2, status: "corrected", text: "Line one", spoken_at: NOW + 1_000 }),
      caption(5, { id: "s2", revision: 2, status: "retracted", text: "", spoken_at: NOW + 2_000 }),
      caption(6, { position: null } as Partial<WireCaption>),
      caption(7, { status: "partial", position: null } as Partial<WireCaption>),
    );
    expect(newestLines(state).map((line) => [line.id, line.text])).toEqual([
      ["s2", ""],
      ["s1", "Line one"],
    ]);
    expect(newestKept(state)?.text).toBe("Line one");
  });
});

test.each([
  ["final", null, "said"],
  ["corrected", "Mia", "corrected"],
  ["corrected", null, "corrected_by_feed"],
  ["retracted", "Mia", "retracted"],
  ["retracted", null, "retracted_by_feed"],
] as const)("%s by %s is %s", (status, by, expected) => {
  expect(fate(caption(1, { status, by }))).toBe(expected);
});

describe("what a line said before", () => {
  const first = caption(3, { id: "x", text: "Frist" });
  const second = caption(9, { id: "x", revision: 2, status: "corrected", text: "Fist", by: "Sam" });
  const now = caption(12, { id: "x", revision: 3, status: "corrected", text: "First", by: "Mia" });
  const stored = [caption(1), caption(2), first, caption(4), caption(5), second, caption(11), now, caption(13)];
  const asked: number[] = [];
  const pages = (_: string, before: number) => {
    asked.push(before);
    return Promise.resolve({ segments: stored.filter((one) => one.position < before).slice(-3) });
  };

  test("is read from older pages, up to the line as it was said first", async () => {
    expect((await earlier(pages, "en", now)).map((one) => one.text)).toEqual(["Frist", "Fist"]);
    expect(asked).toEqual([12, 5]);
  });

  test("ends where there are no older pages", async () => {
    const nothing = () => Promise.resolve({ segments: [] });
    expect(await earlier(nothing, "en", now)).toEqual([]);
  });
});
