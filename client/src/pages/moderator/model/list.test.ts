import { describe, expect, test } from "vitest";
import { MINUTE, NOW, entry, view } from "../../../team/example";
import type { TeamEntry } from "../../../wire.gen";
import { W, connected } from "./example";
import { absentIn, groups, matches, remarks, rowActs, standing } from "./list";

const YES = { act: true, why: null };

describe("where a request stands, in words and a shape", () => {
  const of = (changes: Partial<TeamEntry>, place = 0, status = connected("p-e1")) =>
    standing(entry("e1", changes), status, place, NOW, W);

  test("Q9: connected, ready, silent, not here yet", () => {
    expect(of({})).toMatchObject({ tone: "accent", say: { key: "moderator.stand.silent" } });
    expect(of({}, 2)).toMatchObject({ tone: "accent", say: { key: "moderator.stand.connected" } });
    expect(of({ readiness: "ready" })).toMatchObject({
      tone: "go",
      shape: "check",
      say: { key: "moderator.stand.ready" },
    });
    expect(of({ readiness: "moment" })).toMatchObject({ tone: "warn", say: { key: "moderator.stand.moment" } });
    expect(of({}, 0, connected("p-e2"))).toMatchObject({
      tone: "stop",
      shape: "cross",
      say: { key: "moderator.stand.away" },
    });
  });

  test("while nothing is known of presence, nobody is called absent", () => {
    expect(standing(entry("e1"), null, 0, NOW, W).say.key).toBe("moderator.stand.unknown");
  });

  test("a video needs nobody to be here", () => {
    expect(of({ delivery: "video" }, 0, connected()).say.key).toBe("moderator.stand.video");
  });

  test("Q5: how long ago somebody was called", () => {
    expect(of({ status: "called", called_at: NOW - 12_000 }).say.values).toEqual({ time: "0:12" });
  });

  test.each(["late", "speaking", "heard", "not_heard", "withdrawn"] as const)("%s has words of its own", (status) => {
    expect(of({ status }).say.key).toBe(`moderator.stand.${status}`);
  });
});

test("Q5: absent 20 s after the repeat call, not before", () => {
  const called = entry("e1", { status: "called", called_at: NOW });
  expect(absentIn(called, NOW + 19_000)).toBe(1_000);
  expect(absentIn(called, NOW + 20_000)).toBe(0);
  expect(absentIn(entry("e1"), NOW)).toBeNull();
});

describe("what makes a request different", () => {
  const keys = (changes: Partial<TeamEntry>) => remarks(entry("e1", changes), 3 * MINUTE, W).map((r) => r.key);

  test("an ordinary one has no remark", () => {
    expect(keys({})).toEqual([]);
  });

  test("Q1: a joint statement counts its own organisation", () => {
    expect(remarks(entry("e1", { on_behalf_of: ["A", "B"] }), 3 * MINUTE, W)[0]).toEqual({
      key: "moderator.remark.joint",
      values: { n: 3 },
    });
  });

  test("T7, T9: allowance or the time that was kept, not both", () => {
    expect(keys({ allowance: MINUTE, allotted: 4 * MINUTE })).toEqual(["moderator.remark.allowance"]);
    expect(keys({ allowance: MINUTE, remaining: 70_000, allotted: 70_000 })).toEqual(["moderator.remark.interrupted"]);
    expect(keys({ allotted: 2 * MINUTE })).toEqual(["moderator.remark.allotted"]);
  });

  test("protected, absent, first time, kind", () => {
    expect(keys({ kind: "point_of_order", protected: true, absences: 1, first_time: true })).toEqual([
      "moderator.kind.point_of_order",
      "moderator.remark.protected",
      "moderator.remark.absent",
      "moderator.remark.first_time",
    ]);
  });
});

describe("the menu of a row", () => {
  test("the first cannot go up, the last not down", () => {
    const of = (id: string) =>
      rowActs(
        view(),
        view().entries.find((e) => e.id === id)!,
        YES,
        NOW,
      );
    expect(of("e1")).not.toContain("up");
    expect(of("e1")).toContain("down");
    expect(of("e3")).toContain("up");
    expect(of("e3")).not.toContain("down");
  });

  test("Q5: absent is offered 20 s after the call only", () => {
    const called = entry("e1", { status: "called", called_at: NOW });
    expect(rowActs(view(), called, YES, NOW + 10_000)).not.toContain("absent");
    expect(rowActs(view(), called, YES, NOW + 20_000)).toContain("absent");
  });

  test("Q2: who waits outside of the list is admitted", () => {
    expect(rowActs(view(), entry("e9", { status: "late" }), YES, NOW)).toEqual([
      "admit",
      "withdraw",
      "substitute",
      "message",
    ]);
  });

  test("the floor is given in a live session only; readers have no menu", () => {
    expect(rowActs(view({ state: "open" }), entry("e1"), YES, NOW)).not.toContain("give");
    expect(rowActs(view(), entry("e1"), { act: false, why: null }, NOW)).toEqual([]);
  });
});

describe("the list after the next three", () => {
  const many = view({
    entries: ["a", "b", "c", "d", "e", "f"].map((id, i) => entry(id, { segment: i < 5 ? "s2" : "s3" })),
    order: ["a", "b", "c", "d", "e", "f"],
  });

  test("grouped by segment, in the order of calling", () => {
    expect(groups(many, "").map((g) => [g.segment, g.rows.map((r) => r.id)])).toEqual([
      ["s2", ["d", "e"]],
      ["s3", ["f"]],
    ]);
  });

  test("finding looks at everyone on the list, the next three too", () => {
    expect(groups(many, "name b").flatMap((g) => g.rows.map((r) => r.id))).toEqual(["b"]);
  });

  test("accents and case do not matter, every word does", () => {
    const lucia = entry("x", { who: { ...entry("x").who, name: "Lucía Méndez", city: "Montevideo" } });
    expect(matches(lucia, "MENDEZ lucia")).toBe(true);
    expect(matches(lucia, "montev")).toBe(true);
    expect(matches(lucia, "lucia madrid")).toBe(false);
  });
});
