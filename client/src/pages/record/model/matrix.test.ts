import { describe, expect, test } from "vitest";
import type { QuoteView } from "../../../wire.gen";
import { entry, label, line, MINUTE, notes, NOW, quote, START, track, view } from "./example";
import { interventions } from "./interventions";
import { keyAct } from "./keys";
import { gaps, matrix } from "./matrix";
import { nextOf, toDo } from "./todo";

describe("what the record holds", () => {
  test("a row for each region of who is on the list, and one for who declared none (Q3)", () => {
    expect(matrix(view()).rows).toEqual([
      { region: "africa", counts: [1, 0] },
      { region: "eurasia", counts: [0, 0] },
      { region: "europe", counts: [1, 0] },
      { region: "unknown", counts: [0, 1] },
    ]);
  });

  test("topics alone are counted, and who has withdrawn is not waited for", () => {
    const entries = [entry("e9", { status: "withdrawn", who: { ...label("Dan"), region: "metropolis" } })];
    expect(matrix(view({ entries })).rows).toEqual([]);
    expect(matrix(view()).topics.map(({ id }) => id)).toEqual(["s2", "s3"]);
  });

  test("gaps name the topic with about when it begins, and the regions", () => {
    const found = gaps(view({ floor: null }), NOW);
    // s2 began at 15:10 and was planned for 60 minutes.
    expect(found.topics).toEqual([{ number: 2, title: "Title s3", begins: START + 70 * MINUTE }]);
    expect(found.regions).toEqual([
      "asia_pacific",
      "eurasia",
      "latin_america",
      "middle_east_west_asia",
      "north_america",
    ]);
  });

  test("a part that runs over ends at the earliest now", () => {
    expect(gaps(view({ floor: null }), START + 80 * MINUTE).topics[0]?.begins).toBe(START + 80 * MINUTE);
  });

  test("before the start all is reckoned from the start", () => {
    const before = view({ turns: [], floor: null, segment: null, started_at: null });
    const found = gaps(before, START - 5 * MINUTE);
    expect(found.topics.map(({ begins }) => begins)).toEqual([START + 10 * MINUTE, START + 70 * MINUTE]);
  });

  test("what has begun, or will not begin any more, has no time", () => {
    const empty = { turns: [], floor: null };
    expect(gaps(view({ ...empty, segment: "s3" }), NOW).topics.map(({ begins }) => begins)).toEqual([null, null]);
    expect(gaps(view({ ...empty, state: "closed" }), NOW).topics[1]?.begins).toBeNull();
  });
});

describe("what is to do", () => {
  const noted = (id: string, changes: object) => ({ ...view().notebook, notes: [notes(id, changes)] });
  const known = () => track([line(2), line(3)]);

  test("tags, quotes that a machine wrote, and gists of turns that are over", () => {
    const tags = [{ annotation: "a1", tag: "practice" }];
    const all = interventions(
      view({ notebook: noted("e1", { tags, quotes: [quote(), quote({ confirmed_by: "Rosa" })] }) }),
    );
    expect(toDo(all, known)).toEqual([
      { task: "tag", n: 2, entries: ["e2", "e3"] },
      { task: "quote", n: 1, entries: ["e1"] },
      { task: "gist", n: 2, entries: ["e1", "e2"] },
    ]);
  });

  test("R7 what a person wrote needs no confirmation; what is not read yet may need one", () => {
    const all = interventions(view({ notebook: noted("e1", { quotes: [quote()] as QuoteView[] }) }));
    const human = track([line(2, { origin: "human" }), line(3, { origin: "human" })]);
    expect(toDo(all, () => human)[1]?.n).toBe(0);
    expect(toDo(all, () => track([]))[1]?.n).toBe(1);
  });

  test("who is not in the report needs nothing", () => {
    const entries = view().entries.map((one) => ({ ...one, attribution: "not_for_report" as const }));
    expect(toDo(interventions(view({ entries })), known).map(({ n }) => n)).toEqual([0, 0, 0]);
  });

  test("leads to the next one, then from the start again, at last to the one that is shown", () => {
    const all = interventions(view());
    const [tag] = toDo(all, known);
    expect(tag && [nextOf(tag, all, "e1"), nextOf(tag, all, "e3"), nextOf(tag, all, null)]).toEqual(["e2", "e1", "e1"]);
    expect(tag && nextOf({ ...tag, entries: ["e2"] }, all, "e2")).toBe("e2");
    expect(tag && nextOf({ ...tag, entries: [] }, all, "e2")).toBeNull();
  });
});

describe("keys", () => {
  const press = (key: string, changes = {}) => ({
    ...{ key, ctrlKey: false, altKey: false, metaKey: false, repeat: false, defaultPrevented: false },
    ...changes,
  });
  test("small and capital letters are the same", () => {
    expect([keyAct(press("q"), "page", false), keyAct(press("Q"), "control", false)]).toEqual(["confirm", "confirm"]);
    expect(keyAct(press("1"), "page", false)).toBe("practice");
  });
  test("are silent while a text is written, behind a dialog, and with other keys", () => {
    expect(keyAct(press("1"), "text", false)).toBeNull();
    expect(keyAct(press("1"), "page", true)).toBeNull();
    expect(keyAct(press("t", { ctrlKey: true }), "page", false)).toBeNull();
    expect(keyAct(press("e"), "page", false)).toBeNull();
  });
  test("held down, they walk, but tag nothing", () => {
    expect(keyAct(press("j", { repeat: true }), "page", false)).toBe("next");
    expect(keyAct(press("1", { repeat: true }), "page", false)).toBeNull();
  });
});
