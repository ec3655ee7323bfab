import { describe, expect, it } from "vitest";
import { EMPTY, markStale, type TrackState } from "../../captions";
import type { WireCaption } from "../../wire.gen";
import { line, track } from "../attendee/model/example";
import { wholeOf } from "../attendee/model/text";
import { BLANK, cleared, optionsOf, paragraphsOf, roll, trackOf, type Rolling } from "./model";

const state = (lines: readonly WireCaption[], partials: readonly WireCaption[] = []): TrackState => ({
  ...EMPTY,
  lines,
  partials,
});
const open = (id: string, text: string, revision = 1) =>
  line(id, text, { status: "partial", revision, position: null });
const always = () => true;
const never = () => false;
const texts = (rolling: Rolling) => paragraphsOf(rolling).map(wholeOf);

describe("an address of the strip", () => {
  const asked = (query: string) => optionsOf(new URLSearchParams(query), (word) => ["yellow", "#ff0"].includes(word));

  it("says how it looks; what it does not say is as usual", () => {
    expect(asked("")).toEqual({ track: null, lines: 2, size: 48, align: "center", colour: "white" });
    expect(asked("track=es&lines=3&size=60&align=start&colour=%23ff0")).toEqual({
      track: "es",
      lines: 3,
      size: 60,
      align: "start",
      colour: "#ff0",
    });
    expect(asked("color=yellow").colour).toBe("yellow");
  });

  it("keeps to what can be shown", () => {
    expect(asked("lines=0&size=9999&align=left&colour=url(x)")).toEqual({
      track: null,
      lines: 1,
      size: 300,
      align: "center",
      colour: "white",
    });
    expect(asked("lines=many")).toMatchObject({ lines: 2 });
  });

  it("names a track; another is never shown in its place", () => {
    const tracks = [track("es"), track("floor", "en"), track("ar")];
    expect(trackOf(tracks, "ar")?.track).toBe("ar");
    expect(trackOf(tracks, null)?.track).toBe("floor");
    expect(trackOf(tracks, "fr")).toBeNull();
    expect(trackOf([], null)).toBeNull();
  });
});

describe("the strip", () => {
  it("rolls on while somebody speaks, each line in its newest form", () => {
    const first = roll(BLANK, state([line("s1", "One.")], [open("s2", "Two")]), always);
    expect(texts(first)).toEqual(["One. Two"]);
    const next = roll(first, state([line("s1", "One!"), line("s2", "Two.")]), never);
    expect(texts(next)).toEqual(["One! Two."]);
  });

  it("does not show what was said before it came, nor what comes too late", () => {
    const joined = roll(BLANK, state([line("s1", "Long ago.")]), never);
    expect(texts(joined)).toEqual([]);
    const next = roll(joined, state([line("s1", "Long ago, corrected."), line("s2", "Now.")]), always);
    expect(texts(next)).toEqual(["Now."]);
  });

  it("is empty once cleared, and begins with what is said next", () => {
    const before = state([line("s1", "One.")], [open("s2", "Two", 3)]);
    const empty = cleared(roll(BLANK, before, always), before);
    expect(texts(empty)).toEqual([]);
    expect(texts(roll(empty, before, always))).toEqual([]);
    const corrected = state([line("s1", "One, corrected.", { status: "corrected", revision: 2 })]);
    expect(texts(roll(empty, corrected, always))).toEqual([]);
    expect(texts(roll(empty, state(before.lines, [open("s2", "Two, and", 4)]), always))).toEqual(["Two, and"]);
  });

  it("does not show an open phrase from before the connection was lost, nor gaps", () => {
    const lost = markStale(state([], [open("s2", "and so")]));
    expect(texts(roll(BLANK, lost, always))).toEqual([]);
    expect(texts(roll(BLANK, state([line("s1", "", { status: "gap" })]), always))).toEqual([]);
  });

  it("lets go of whole paragraphs only, from the top", () => {
    const word = (n: number) => line(`s${n}`, `${`word${n} `.repeat(60)}end.`);
    const lines = [1, 2, 3, 4, 5].map(word);
    const rolled = lines.reduce((before, _, n) => roll(before, state(lines.slice(0, n + 1)), always), BLANK);
    expect(texts(rolled).map((text) => text.slice(0, 5))).toEqual(["word3", "word4", "word5"]);
    expect(rolled.over).toEqual(new Set(["s1", "s2"]));
  });

  it("joins Chinese without spaces and sets Arabic from the right", () => {
    const chinese = ["人人生而自由,", "在尊严上平等"].map((text, n) => line(`s${n}`, text, { language: "zh" }));
    expect(texts(roll(BLANK, state(chinese), always))).toEqual(["人人生而自由,在尊严上平等"]);
    const [arabic] = paragraphsOf(roll(BLANK, state([line("s1", "شكرا", { language: "ar" })]), always));
    expect(arabic).toMatchObject({ dir: "rtl", language: "ar" });
  });
});
