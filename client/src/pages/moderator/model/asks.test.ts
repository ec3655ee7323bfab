import { describe, expect, test } from "vitest";
import { START, MINUTE, entry, view } from "../../../team/example";
import { extendSession, giveFloor, moveBefore, moveBy, moveTo, ofEntry, startSegment } from "./asks";

describe("Q7: a command names what its asker saw", () => {
  test("the newest turn, the segment, the end, the entry's state", () => {
    expect(giveFloor(view(), "e1")).toEqual({ type: "give_floor", entry: "e1", after: "t118" });
    expect(startSegment(view(), "s3")).toEqual({ type: "start_segment", segment: "s3", after: "s2" });
    expect(extendSession(view(), 10)).toEqual({ type: "extend_session", ends_at: START + 120 * MINUTE, minutes: 10 });
    expect(ofEntry("defer", entry("e1", { status: "called" }))).toEqual({
      type: "defer",
      entry: "e1",
      status: "called",
    });
  });
});

describe("moving a row", () => {
  const before = (command: ReturnType<typeof moveTo>) => (command?.type === "reorder" ? command.before : undefined);

  test("up and down by one, with the order that was seen", () => {
    expect(moveBy(view(), "e2", -1)).toEqual({ type: "reorder", entry: "e2", before: "e1", order_rev: 7 });
    expect(before(moveBy(view(), "e1", 1))).toBe("e3");
    expect(before(moveBy(view(), "e2", 1))).toBeNull();
  });

  test("not past the ends, and not what is not on the list", () => {
    expect(moveBy(view(), "e1", -1)).toBeNull();
    expect(moveBy(view(), "e3", 1)).toBeNull();
    expect(moveTo(view(), "e9", 1)).toBeNull();
  });

  test("to a position counted from 1, and no further than the last", () => {
    expect(before(moveTo(view(), "e3", 1))).toBe("e1");
    expect(before(moveTo(view(), "e1", 2))).toBe("e3");
    expect(before(moveTo(view(), "e1", 99))).toBeNull();
    expect(moveTo(view(), "e2", 2)).toBeNull();
  });

  test("dropped before another, or at the end; where it stood is no move", () => {
    expect(before(moveBefore(view(), "e3", "e2"))).toBe("e2");
    expect(before(moveBefore(view(), "e1", null))).toBeNull();
    expect(moveBefore(view(), "e1", "e2")).toBeNull();
    expect(moveBefore(view(), "e1", "e9")).toBeNull();
  });
});
