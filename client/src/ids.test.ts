import { expect, test, vi } from "vitest";
import { freshId } from "./ids";

test("ids differ, and are made without what browsers keep for https", () => {
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const made = Array.from({ length: 50 }, freshId);
  vi.unstubAllGlobals();
  expect(new Set(made).size).toBe(50);
  expect(made.every((id) => /^[0-9a-f]{32}$/u.test(id))).toBe(true);
});
