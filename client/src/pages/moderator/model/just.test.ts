import { describe, expect, test } from "vitest";
import { NOW, view } from "../../../team/example";
import type { Happening } from "../../../wire.gen";
import { W } from "./example";
import { action, canUndo, happened, justNow } from "./just";

const line = (changes: Partial<Happening>): Happening => ({
  version: 118,
  at: NOW,
  type: "turn_began",
  by: "Marta",
  by_role: "moderator",
  who: "Ana",
  segment: null,
  used: null,
  amount: null,
  reason: null,
  feed: null,
  ...changes,
});
const key = (changes: Partial<Happening>) => happened(view(), line(changes), W).key;

describe("a sentence for each happening", () => {
  test("with who, and how much", () => {
    expect(happened(view(), line({ type: "turn_ended", reason: "yielded", used: 184_000 }), W)).toMatchObject({
      key: "moderator.just.yielded",
      values: { who: "Ana", time: "3:04" },
    });
    expect(happened(view(), line({ type: "segment_started", segment: "s2" }), W).values).toMatchObject({
      segment: "1 · Title s2",
    });
  });

  test("what tells one event of a type from another", () => {
    expect(key({ type: "turn_extended", amount: 30_000 })).toBe("moderator.just.turn_extended");
    expect(key({ type: "turn_extended", amount: -30_000 })).toBe("moderator.just.turn_shortened");
    expect(key({ type: "turn_paused", reason: "sound" })).toBe("moderator.just.paused.sound");
    expect(key({ type: "recording_switched", reason: "off" })).toBe("moderator.just.recording_off");
    expect(key({ type: "readiness_told", reason: "moment" })).toBe("moderator.just.moment");
    expect(key({ type: "floor_requested", reason: "late" })).toBe("moderator.just.floor_requested_late");
  });

  test("what was done with feeds and languages", () => {
    expect(happened(view(), line({ type: "source_chosen", reason: "muted", feed: "es-feed" }), W)).toMatchObject({
      key: "moderator.just.feed_muted",
      values: { feed: "es-feed" },
    });
    expect(key({ type: "source_chosen", reason: "heard" })).toBe("moderator.just.feed_heard");
    expect(happened(view(), line({ type: "spoken_language_set", reason: "es" }), W)).toMatchObject({
      key: "moderator.just.spoken_language_set",
      values: { language: "es" },
    });
  });

  test("an event that the page does not know is told all the same", () => {
    expect(key({ type: "something_new" })).toBe("moderator.just.other");
  });
});

test("T11: what was taken back, and can be, is named", () => {
  expect(happened(view(), line({ type: "undone", reason: "turn_ended" }), W)).toEqual({
    key: "moderator.just.undone",
    what: { key: "moderator.undo.turn_ended", values: { who: "Ana" } },
  });
  expect(action("list_closed", null).key).toBe("moderator.undo.list_closed");
  expect(action("earlier_action", null).key).toBe("moderator.undo.earlier_action");
});

test("T11: only the newest undoable line can be taken back", () => {
  const happenings = [line({}), line({ type: "turn_ended" }), line({ version: 117 })];
  const now = view({ happenings, undo: { version: 118, type: "turn_began", who: "Ana" } });
  expect(happenings.map((each) => canUndo(now, each))).toEqual([true, false, false]);
  expect(justNow(now, 2)).toMatchObject({ shown: { length: 2 }, undoShown: true });
  expect(justNow({ ...now, undo: { version: 90, type: "turn_began", who: null } }, 2).undoShown).toBe(false);
});
