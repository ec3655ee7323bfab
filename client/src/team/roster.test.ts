import { expect, test } from "vitest";
import { meant, type RosterPerson } from "./roster";

test("people are found by any part of name, organisation or city, accents aside", () => {
  const person = (name: string, city: string): RosterPerson => ({
    id: name,
    name,
    organisation: `City of ${city}`,
    organisation_id: null,
    city,
    country: null,
    topics: [],
    wants_floor: null,
    waiting: false,
  });
  const people = [person("Lucía Méndez", "Montevideo"), person("Emre Yıldız", "Çankaya")];
  expect(meant(people, "mendez").map((p) => p.name)).toEqual(["Lucía Méndez"]);
  expect(meant(people, "cankaya emre").map((p) => p.name)).toEqual(["Emre Yıldız"]);
  expect(meant(people, "")).toHaveLength(2);
  expect(meant(people, "madrid")).toHaveLength(0);
});
