import { describe, expect, test } from "vitest";
import { notes, view } from "./example";
import { cited } from "./cited";
import { entry } from "./example";
import { interventions, neighbour, shown } from "./interventions";
import { whyNot } from "./may";

describe("R2 interventions", () => {
  test("stand in the order in which they began, one for all its parts", () => {
    const all = interventions(view());
    expect(all.map((one) => one.entry.id)).toEqual(["e1", "e2", "e3"]);
    expect(all[1]?.turns.map(({ id }) => id)).toEqual(["t2", "t3"]);
    expect(all.map(({ running }) => running)).toEqual([false, false, true]);
  });

  test("have what was noted on them", () => {
    const noted = notes("e2", { tags: [{ annotation: "a1", tag: "budget" }] });
    const all = interventions(view({ notebook: { ...view().notebook, notes: [noted] } }));
    expect(all.map((one) => one.notes.tags.length)).toEqual([0, 1, 0]);
  });

  test("whose turn was taken back are none", () => {
    expect(interventions(view({ floor: null })).map((one) => one.entry.id)).toEqual(["e1", "e2"]);
  });
});

describe("which one is shown", () => {
  const all = interventions(view());
  test("that which was chosen, as long as it is there", () => {
    expect(shown(all, "e1")?.entry.id).toBe("e1");
    expect(shown(all, "gone")?.entry.id).toBe("e3");
  });
  test("else the one that is spoken, else the newest, else none", () => {
    expect(shown(all, null)?.entry.id).toBe("e3");
    expect(shown(interventions(view({ floor: null })), null)?.entry.id).toBe("e2");
    expect(shown([], null)).toBeNull();
  });
  test("one walks through them and stays at their ends", () => {
    expect(neighbour(all, "e2", 1)).toBe("e3");
    expect(neighbour(all, "e3", 1)).toBe("e3");
    expect(neighbour(all, "e1", -1)).toBe("e1");
  });
});

describe("how somebody is cited", () => {
  const segments = view().segments;
  const by = (attribution: "named" | "organisation" | "constituency_region" | "not_for_report", changes = {}) =>
    cited(entry("e1", { attribution, ...changes }), segments);
  test("R3 as they chose", () => {
    expect([by("named"), by("organisation")]).toEqual(["named", "organisation"]);
    expect([by("constituency_region"), by("not_for_report")]).toEqual(["alias", "left_out"]);
  });
  test("R5 by an alias also where they speak for somebody who is protected", () => {
    expect(by("named", { protected: true })).toBe("alias");
    expect(by("not_for_report", { protected: true })).toBe("left_out");
  });
  test("R6 as nobody where the segment is under Chatham House, unless they are left out altogether", () => {
    const confided = segments.map((one) => ({ ...one, chatham_house: one.id === "s2" }));
    expect(cited(entry("e1", { attribution: "named" }), confided)).toBe("nobody");
    expect(cited(entry("e1", { attribution: "named", segment: "s3" }), confided)).toBe("named");
    expect(cited(entry("e1", { attribution: "not_for_report" }), confided)).toBe("left_out");
  });
});

test("the record is written to by rapporteurs, while server and engine are there", () => {
  expect(whyNot("rapporteur", "live", false)).toBeNull();
  expect(whyNot("rapporteur", "reconnecting", true)).toBe("reconnecting");
  expect(whyNot("rapporteur", "live", true)).toBe("engine_away");
  expect(whyNot("moderator", "live", false)).toBe("role");
});
