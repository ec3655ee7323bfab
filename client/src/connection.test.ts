import { describe, expect, it } from "vitest";
import { newer } from "./connection";
import type { View } from "./wire.gen";

const view = (version: number, at: number, epoch = "one"): View => ({ version, at, epoch }) as View;

describe("which view is shown", () => {
  it("is the one with the greatest version, whatever the order of arrival", () => {
    expect(newer(null, view(1, 1))).toBe(true);
    expect(newer(view(4, 10), view(5, 9))).toBe(true);
    expect(newer(view(5, 9), view(4, 10))).toBe(false);
  });

  it("is the later of two of one version: expected times slide without an entry", () => {
    expect(newer(view(5, 10), view(5, 11))).toBe(true);
    expect(newer(view(5, 11), view(5, 10))).toBe(false);
  });

  it("is the one that comes later of two of one instant: a message's text may have been read in between", () => {
    expect(newer(view(5, 11), view(5, 11))).toBe(true);
  });

  it("starts afresh in another epoch, when the engine has lost its tail", () => {
    expect(newer(view(50, 100, "one"), view(48, 90, "two"))).toBe(true);
  });
});
