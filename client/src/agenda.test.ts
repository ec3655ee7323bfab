import { beforeAll, describe, expect, it } from "vitest";
import { nameOfSegment, placeInAgenda, segmentName, shortName } from "./agenda";
import { speak } from "./i18n";
import type { SegmentView } from "./wire.gen";

const part = (id: string, kind: SegmentView["kind"], title: string): SegmentView => ({
  id,
  kind,
  title,
  planned: 0,
  began_at: null,
  recording: true,
  chatham_house: false,
});
const OPENING = part("s1", "opening", "Opening");
const FIRST = part("s2", "topic", "Implementation");
const SECOND = part("s3", "topic", "Challenges");
const AGENDA = [OPENING, FIRST, SECOND, part("s4", "reactions", "Reactions")];

beforeAll(() => speak("en", ["common"]));

describe("a part of the agenda", () => {
  it("is numbered among the topics, if it is one", () => {
    expect(AGENDA.map((segment) => segmentName(AGENDA, segment))).toEqual([
      "Opening",
      "1 · Implementation",
      "2 · Challenges",
      "Reactions",
    ]);
  });

  it("keeps the number that its title has already", () => {
    const numbered = { ...SECOND, title: "2. Challenges" };
    expect(segmentName([OPENING, FIRST, numbered], numbered)).toBe("2. Challenges");
  });

  it("is found by id", () => {
    expect(nameOfSegment(AGENDA, "s3")).toBe("2 · Challenges");
    expect(nameOfSegment(AGENDA, null)).toBe("");
  });

  it("is short where there is no room", () => {
    expect(shortName(AGENDA, "s3")).toBe("Topic 2");
    expect(shortName(AGENDA, "s4")).toBe("Reactions");
  });

  it("says how many topics there are", () => {
    expect(placeInAgenda(AGENDA, SECOND)).toBe("Topic 2 of 2 · Challenges");
    expect(placeInAgenda(AGENDA, OPENING)).toBe("Opening");
  });
});
