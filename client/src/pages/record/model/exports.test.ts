import { describe, expect, it } from "vitest";
import type { ExportKind } from "../../../wire.gen";
import { furtherKinds, nameOf, offers, pathOf } from "./exports";

const BOTH = ["internal", "publishable"] as const;
const OFFERED: readonly ExportKind[] = [
  { kind: "json", tiers: BOTH, of_track: false },
  { kind: "jsonl", tiers: ["internal"], of_track: false },
  { kind: "pdf", tiers: BOTH, of_track: false },
  { kind: "docx", tiers: BOTH, of_track: false },
  { kind: "csv", tiers: ["internal"], of_track: false },
  { kind: "vtt", tiers: BOTH, of_track: true },
  { kind: "new", tiers: BOTH, of_track: false },
];

describe("what is offered", () => {
  it("is grouped by what it is for, in an order of its own", () => {
    expect(offers(OFFERED, "internal")).toEqual([
      { group: "paper", kinds: ["docx", "pdf"] },
      { group: "tables", kinds: ["csv"] },
      { group: "transcript", kinds: ["vtt"] },
      { group: "machines", kinds: ["json", "jsonl"] },
    ]);
  });

  it("is in a tier only what is made for it", () => {
    expect(offers(OFFERED, "publishable").flatMap(({ kinds }) => kinds)).toEqual(["docx", "pdf", "vtt", "json"]);
  });

  it("is counted beside the working paper", () => {
    expect(furtherKinds(OFFERED)).toBe(5);
  });
});

describe("a file", () => {
  it("comes from its own address, by which the team is told of it", () => {
    const file = { kind: "docx", tier: "publishable", track: null } as const;
    expect(pathOf("s 1", file, "m1")).toBe("/api/sessions/s%201/record.docx?tier=publishable&making=m1");
    expect(pathOf("s1", { ...file, kind: "vtt", track: "zh-Hant" }, "m1")).toBe(
      "/api/sessions/s1/transcript/zh-Hant.vtt?tier=publishable",
    );
  });

  it("says in its name who it is for (R4)", () => {
    expect(nameOf("s1", { kind: "vtt", tier: "internal", track: "en" })).toBe("isegoria-s1-en-internal.vtt");
    expect(nameOf("s1", { kind: "docx", tier: "publishable", track: null })).toBe("isegoria-s1-publishable.docx");
  });
});
