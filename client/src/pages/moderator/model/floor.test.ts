import { describe, expect, test } from "vitest";
import { MINUTE, NOW, between, view } from "../../../team/example";
import { connected } from "./example";
import { askedToEnd, connectionLost, handover, interruptIn, pausedFor, presenceOf } from "./floor";

const paused = view({
  floor: {
    ...view().floor!,
    paused_at: NOW - 14_000,
    pause_reason: "connection",
    zero_at: null,
    closes_at: null,
    left: MINUTE,
  },
  team_turn: { ...view().team_turn!, interruptible_at: NOW + 46_000 },
});

describe("T5, T9: pauses", () => {
  test("how long, and until when it cannot be interrupted", () => {
    expect(pausedFor(paused, NOW)).toBe(14_000);
    expect(interruptIn(paused, NOW)).toBe(46_000);
    expect(interruptIn(paused, NOW + MINUTE)).toBe(0);
    expect(pausedFor(view(), NOW)).toBeNull();
    expect(interruptIn(view(), NOW)).toBeNull();
  });

  test("the connection is lost when the speaker's page is gone, and known to be", () => {
    expect(connectionLost(view(), connected("p-e0"))).toBe(false);
    expect(connectionLost(view(), connected("p-e1"))).toBe(true);
    expect(connectionLost(view(), null)).toBe(false);
    expect(connectionLost(paused, connected())).toBe(false);
  });

  test("a page of another role, or without connections, is no presence", () => {
    const status = connected("p-e0");
    const [person] = status.people;
    expect(presenceOf({ ...status, people: [{ ...person!, role: "moderator" }] }, "p-e0")).toBe("away");
    expect(presenceOf({ ...status, people: [{ ...person!, connections: 0 }] }, "p-e0")).toBe("away");
  });
});

describe("T4: where a person ends the turn", () => {
  const asks = view({ team_turn: { ...view().team_turn!, enforcement: "ask" } });
  test("asked once the grace time is over", () => {
    const grace = NOW + MINUTE + 10_000;
    expect(askedToEnd(asks, grace - 1)).toBe(false);
    expect(askedToEnd(asks, grace)).toBe(true);
    expect(askedToEnd(view(), grace)).toBe(false);
  });
});

test("F1: how long the hand-over has taken", () => {
  expect(handover(between(), NOW)).toBe(20_000);
  expect(handover(view(), NOW)).toBeNull();
  expect(handover(between({ turns: [] }), NOW)).toBeNull();
});
