import { describe, expect, it } from "vitest";
import { dayOf, differ, duration, figures, longDay, minutes, otherDay, timeOfDay, zoneName } from "./time";

const OPENING = Date.UTC(2025, 6, 1, 13, 0);

describe("figures of a clock", () => {
  it.each([
    [180_000, "3:00"],
    [179_999, "3:00"],
    [179_000, "2:59"],
    [600_000, "10:00"],
    [599_000, "9:59"],
    [1, "0:01"],
    [0, "+0:00"],
    [-999, "+0:00"],
    [-4_000, "+0:04"],
    [-75_400, "+1:15"],
  ])("of %i ms are %s", (left, shown) => {
    expect(figures(left)).toBe(shown);
  });

  it("of durations go to the nearest second and are never negative", () => {
    expect([duration(174_499), duration(174_500), duration(-5)]).toEqual(["2:54", "2:55", "0:00"]);
  });

  it("of minutes promise none too few", () => {
    expect([minutes(60_000), minutes(60_001), minutes(-1)]).toEqual([1, 2, 0]);
  });
});

describe("times of day", () => {
  it("S1: are told in the session's zone", () => {
    expect(timeOfDay(OPENING, "Europe/Madrid", "en-GB")).toBe("15:00");
    expect(timeOfDay(OPENING, "Europe/Madrid", "es-ES")).toBe("15:00");
    expect(timeOfDay(Date.UTC(2025, 6, 1, 22, 5), "Europe/Madrid", "en-GB")).toBe("00:05");
  });

  it("S1: name the zone as it is called at that instant", () => {
    expect(zoneName(OPENING, "Europe/Madrid", "en-GB")).toBe("CEST");
    expect(zoneName(Date.UTC(2025, 11, 1), "Europe/Madrid", "en-GB")).toBe("CET");
    expect(zoneName(OPENING, "America/Sao_Paulo", "en-GB")).toBe("GMT-3");
  });

  it("S1: for Auckland are 01:00 on 2 July", () => {
    expect(timeOfDay(OPENING, "Pacific/Auckland", "en-GB")).toBe("01:00");
    expect(dayOf(OPENING, "Pacific/Auckland", "en-GB")).toBe("2 July");
    expect(otherDay(OPENING, "Europe/Madrid", "Pacific/Auckland")).toBe(true);
    expect(otherDay(OPENING, "Europe/Madrid", "America/Sao_Paulo")).toBe(false);
  });

  it("differ only where clocks do, not where zones do", () => {
    expect(differ(OPENING, "Europe/Madrid", "Europe/Zurich")).toBe(false);
    expect(differ(OPENING, "Europe/Madrid", "Europe/Lisbon")).toBe(true);
  });

  it("S3: tell a deadline with its day in the zone that it names", () => {
    const deadline = Date.UTC(2025, 6, 15, 21, 59);
    expect(longDay(deadline, "Europe/Zurich", "en-GB")).toMatch(/^Tuesday,? 15 July 2025$/);
    expect(timeOfDay(deadline, "Europe/Zurich", "en-GB")).toBe("23:59");
  });
});
