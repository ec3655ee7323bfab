import { expect, test } from "vitest";
import type { ExportView } from "../../../wire.gen";
import { chosen, shortOf } from "./given";

const given = (id: string, changes: Partial<ExportView> = {}): ExportView => ({
  ...{ id, format: "docx", tier: "publishable", track: null, digest: "0123456789abcdef".repeat(4), size: 1, at: 0 },
  ...{ by: "Rosa", recall: false, changed: [] },
  ...changes,
});

test("R4 what was given out is listed newest first, by tier, or as far as it is to be called back", () => {
  const all = [given("x1", { recall: true }), given("x2", { tier: "internal" }), given("x3")];
  expect(chosen(all, "all").map(({ id }) => id)).toEqual(["x3", "x2", "x1"]);
  expect(chosen(all, "publishable").map(({ id }) => id)).toEqual(["x3", "x1"]);
  expect(chosen(all, "internal").map(({ id }) => id)).toEqual(["x2"]);
  expect(chosen(all, "recall").map(({ id }) => id)).toEqual(["x1"]);
});

test("a hash is told short enough to be compared by eye", () => {
  expect(shortOf("0123456789abcdef".repeat(4))).toBe("0123 4567 89ab");
});
