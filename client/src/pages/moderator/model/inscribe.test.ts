import { expect, test } from "vitest";
import { view } from "../../../team/example";
import { inscribe, likelySegment, openSegments, videoLength } from "./inscribe";

test("nobody is inscribed for a segment that is over", () => {
  expect(openSegments(view()).map((s) => s.id)).toEqual(["s2", "s3", "s4"]);
  expect(openSegments(view({ segment: null })).map((s) => s.id)).toEqual(["s1", "s2", "s3", "s4"]);
});

test("the likely segment is the running topic, or the first that comes", () => {
  expect(likelySegment(view())).toBe("s2");
  expect(likelySegment(view({ segment: "s1" }))).toBe("s2");
  expect(likelySegment(view({ segment: "s4" }))).toBe("s4");
});

test.each([
  ["2:40", 160_000],
  [" 3:00 ", 180_000],
  ["0:15", 15_000],
  ["60:00", 3_600_000],
  ["0:14", null],
  ["60:01", null],
  ["3", null],
  ["2:60", null],
  ["", null],
])("a video of %s", (text, length) => {
  expect(videoLength(text)).toBe(length);
});

test("a video has a length, a live statement has none", () => {
  const one = { person: "p1", segment: "s2", kind: "statement", onBehalfOf: ["o2"] } as const;
  expect(inscribe({ ...one, video: 160_000 })).toMatchObject({
    delivery: "video",
    video: 160_000,
    on_behalf_of: ["o2"],
  });
  expect(inscribe({ ...one, video: null })).toMatchObject({ delivery: "live", video: null });
});
