import { beforeAll, describe, expect, it } from "vitest";
import { speak } from "./i18n";
import { nameOf, placeOf, townOf } from "./people";
import type { Label } from "./wire.gen";

const label = (changes: Partial<Label>): Label => ({
  name: "Wanjiru Kamau",
  organisation: "Nairobi City County",
  city: "Nairobi",
  country: "KE",
  constituency: "local_government",
  region: "africa",
  alias: false,
  substitute_for: null,
  ...changes,
});

beforeAll(() => speak("en", ["common"]));

describe("who somebody is", () => {
  it("is the name, then the organisation, then the group", () => {
    expect(nameOf(label({}))).toBe("Wanjiru Kamau");
    expect(nameOf(label({ name: null }))).toBe("Nairobi City County");
    expect(nameOf(label({ name: null, organisation: null, region: null }))).toBe(
      "Representative of a local government",
    );
  });

  it("R5: of a protected person is group and region, whatever else was sent", () => {
    const protectedPerson = label({ alias: true });
    expect(nameOf(protectedPerson)).toBe("Representative of a local government, Africa");
    expect(placeOf(protectedPerson)).toBe("");
    expect(townOf(protectedPerson)).toBe("");
  });

  it("Q4: of a substitute names both", () => {
    expect(nameOf(label({ name: "Joaquim Roca", substitute_for: "Eva Puig" }))).toBe("Joaquim Roca, for Eva Puig");
  });
});

describe("where somebody comes from", () => {
  it("does not repeat a city that the organisation names", () => {
    expect(placeOf(label({}))).toBe("Nairobi City County, Kenya");
    expect(placeOf(label({ organisation: "Citizens' Forum" }))).toBe("Citizens' Forum, Nairobi, Kenya");
    expect(townOf(label({}))).toBe("Nairobi, Kenya");
  });

  it("does not repeat an organisation that stands for the name", () => {
    expect(placeOf(label({ name: null, organisation: "Citizens' Forum" }))).toBe("Nairobi, Kenya");
  });

  it("keeps a right-to-left organisation in its place", () => {
    expect(placeOf(label({ organisation: "بلدية تونس", city: "Tunis", country: "TN" }))).toBe(
      "\u2068بلدية تونس\u2069, Tunis, Tunisia",
    );
  });

  it("is in the page's language", async () => {
    await speak("es", ["common"]);
    expect(townOf(label({ city: null, country: "DE" }))).toBe("Alemania");
  });
});
