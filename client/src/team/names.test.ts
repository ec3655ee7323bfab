import { effect } from "@preact/signals";
import { expect, test, vi } from "vitest";
import { TeamNames } from "./names";
import type { RosterPerson } from "./roster";

const ROSTER = [{ id: "p2", name: "Sam" }] as RosterPerson[];
const HERE = [{ person: "p1", name: "Mia" }];

test("of whoever is here it is at hand; of whoever has left it is read once", async () => {
  const people = vi.fn(() => Promise.resolve(ROSTER));
  const names = new TeamNames(() => HERE, people);
  expect(names.of("p1")).toBe("Mia");
  expect(people).not.toHaveBeenCalled();
  const told: (string | null)[] = [];
  const end = effect(() => void told.push(names.of("p2")));
  await vi.waitFor(() => expect(told).toEqual([null, "Sam"]));
  expect(names.of("nobody")).toBeNull();
  expect(people).toHaveBeenCalledOnce();
  end();
});

test("where the roster could not be read, it is asked for again", async () => {
  const answers = [() => Promise.reject(new Error("people: 503")), () => Promise.resolve(ROSTER)];
  const names = new TeamNames(
    () => HERE,
    () => answers.shift()!(),
  );
  expect(names.of("p2")).toBeNull();
  await vi.waitFor(() => {
    names.of("p2");
    expect(names.of("p2")).toBe("Sam");
  });
});
