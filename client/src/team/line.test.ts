import { expect, test } from "vitest";
import { isChanged, isKept, isOvertaken, type Kept } from "./line";

const BASE = { id: "s1", revision: 1, status: "final", text: "Line 1", position: 1 } as Kept;

test("what is kept has a position, and is no hole", () => {
  expect(isKept(BASE)).toBe(true);
  expect(isKept({ ...BASE, position: null })).toBe(false);
  expect(isKept({ ...BASE, status: "gap", text: "", reason: "interrupted" })).toBe(false);
  expect(isKept(null)).toBe(false);
});

test("an editor knows when somebody was faster, and whether there is something to save", () => {
  expect(isOvertaken({ base: BASE, text: "Mine" }, BASE)).toBe(false);
  expect(isOvertaken({ base: BASE, text: "Mine" }, { ...BASE, position: 9, revision: 2 })).toBe(true);
  expect(isChanged({ base: BASE, text: "Mine" })).toBe(true);
  expect(isChanged({ base: BASE, text: " Line 1 " })).toBe(false);
  expect(isChanged({ base: BASE, text: "  " })).toBe(false);
});
