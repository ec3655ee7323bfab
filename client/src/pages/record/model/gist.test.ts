import { describe, expect, test } from "vitest";
import { words } from "./example";
import { acknowledged, fieldOf, isOvertaken, rebased, typed } from "./gist";

describe("a gist", () => {
  test("shows what is stored, until something is typed", () => {
    expect(fieldOf(null, null)).toEqual({ text: "", state: "none" });
    expect(fieldOf(null, words("a4", "Theirs."))).toEqual({ text: "Theirs.", state: "saved" });
    expect(fieldOf({ text: "Mine.", after: "a4" }, words("a4", "Theirs."))).toEqual({ text: "Mine.", state: "typed" });
    expect(fieldOf({ text: " ", after: "a4" }, words("a4", "Theirs.")).state).toBe("empty");
  });

  test("remembers after which gist it was begun, however long it is typed", () => {
    const begun = typed(null, words("a4", "Theirs."), "Theirs. A");
    expect(begun).toEqual({ text: "Theirs. A", after: "a4" });
    expect(typed(begun, words("a7", "Other."), "Theirs. And")).toEqual({ text: "Theirs. And", after: "a4" });
  });

  test("that is the stored one again is no draft", () => {
    expect(typed({ text: "x", after: "a4" }, words("a4", "Theirs."), "Theirs.")).toBeNull();
    expect(typed({ text: "x", after: null }, null, "")).toBeNull();
    expect(typed({ text: "x", after: "a2" }, words("a4", "Theirs."), "Theirs.")).not.toBeNull();
  });
});

describe("Q7 two who write at once", () => {
  test("neither goes over what they have not seen", () => {
    expect(isOvertaken({ text: "Mine.", after: null }, words("a4", "Theirs."))).toBe(true);
    expect(isOvertaken({ text: "Mine.", after: "a4" }, words("a12", "Theirs."))).toBe(true);
    expect(fieldOf({ text: "Mine.", after: "a4" }, words("a12", "Theirs."))).toEqual({
      text: "Mine.",
      state: "overtaken",
    });
  });

  test("an older gist than one's own is news that has not come yet", () => {
    expect(isOvertaken({ text: "Mine, longer.", after: "a12" }, words("a9", "Before."))).toBe(false);
    expect(isOvertaken({ text: "Mine.", after: "a12" }, null)).toBe(false);
  });

  test("the same words are no other text", () => {
    expect(isOvertaken({ text: "The same. ", after: "a4" }, words("a5", "The same."))).toBe(false);
  });

  test("one's own is kept by writing it after theirs", () => {
    expect(rebased({ text: "Mine.", after: "a4" }, words("a12", "Theirs."))).toEqual({ text: "Mine.", after: "a12" });
    expect(rebased({ text: "Mine.", after: "a4" }, null)).toEqual({ text: "Mine.", after: null });
  });
});

test("what was typed while a text was on its way is not lost", () => {
  const sent = { text: "One", after: null };
  expect(acknowledged(sent, sent, "a5")).toBeNull();
  expect(acknowledged({ text: "One two", after: null }, sent, "a5")).toEqual({ text: "One two", after: "a5" });
});
