import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { HeldLine, PassageDecision } from "../../../wire.gen";
import { NotGiven } from "../asked";
import { Holding } from "./holding";
import { decisionOf, stepOf } from "./keys";

const line = (position: number, decision: PassageDecision | null = null): HeldLine => ({
  ...{ track: "en", position, language: "en", at: 0, entry: "e1", decision },
  parts: [{ text: "Barcelona", is_name: true }],
  persons: [{ person: "cat", name: "Cat" }],
});

function begun() {
  const server = { lines: [line(1), line(2)], asked: 0, refuses: false, accepts: true };
  const version = signal("1");
  const isLive = signal(true);
  const holding = new Holding({
    version,
    isLive,
    fetch: () => {
      server.asked += 1;
      return server.refuses ? Promise.reject(new NotGiven(null)) : Promise.resolve(server.lines);
    },
    decide: () => Promise.resolve(server.accepts),
  });
  return { server, version, isLive, holding };
}

const passed = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const positions = (lines: readonly HeldLine[]) => lines.map(({ position }) => position);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the lines", () => {
  it("are read at once, and again when the session has changed, not more often than every four seconds", async () => {
    const { server, version, holding } = begun();
    const end = holding.start();
    await passed(1);
    expect(positions(holding.open.value)).toEqual([1, 2]);
    version.value = "2";
    version.value = "3";
    await passed(3_000);
    expect(server.asked).toBe(1);
    await passed(1_100);
    expect(server.asked).toBe(2);
    end();
    version.value = "4";
    await passed(60_000);
    expect(server.asked).toBe(2);
  });

  it("are read now and then though nothing else changes, since people speak", async () => {
    const { server, holding } = begun();
    const end = holding.start();
    await passed(41_000);
    expect(server.asked).toBe(3);
    end();
  });

  it("stay when the server is away", async () => {
    const { server, version, isLive, holding } = begun();
    const end = holding.start();
    await passed(1);
    server.refuses = true;
    version.value = "2";
    await passed(5_000);
    expect(positions(holding.open.value)).toEqual([1, 2]);
    expect(holding.trouble.value).not.toBeNull();
    isLive.value = false;
    await passed(60_000);
    expect(server.asked).toBe(2);
    end();
  });
});

describe("a decision", () => {
  it("is shown when it was accepted, before the server tells of it", async () => {
    const { server, holding } = begun();
    const end = holding.start();
    await passed(1);
    expect(await holding.decide(line(1), "mask")).toBe(true);
    expect([positions(holding.open.value), positions(holding.decided.value)]).toEqual([[2], [1]]);
    // From then on it is as the server tells it.
    server.lines = [line(1, "release"), line(2)];
    await passed(20_000);
    expect(holding.decided.value).toMatchObject([{ position: 1, decision: "release" }]);
    end();
  });

  it("that was refused changes nothing", async () => {
    const { server, holding } = begun();
    const end = holding.start();
    await passed(1);
    server.accepts = false;
    expect(await holding.decide(line(1), "mask")).toBe(false);
    expect(positions(holding.open.value)).toEqual([1, 2]);
    end();
  });
});

describe("keys", () => {
  const press = (key: string, changes = {}) => ({
    ...{ key, ctrlKey: false, altKey: false, metaKey: false, repeat: false },
    ...changes,
  });

  it("decide about the line that has the focus", () => {
    expect(["x", "M", "p", "q"].map((key) => decisionOf(press(key)))).toEqual(["leave_out", "mask", "release", null]);
    expect(decisionOf(press("p", { ctrlKey: true }))).toBeNull();
    expect(decisionOf(press("p", { repeat: true }))).toBeNull();
  });

  it("go from line to line", () => {
    expect(["ArrowDown", "ArrowUp", "j", "K", "Tab"].map((key) => stepOf(press(key)))).toEqual([1, -1, 1, -1, null]);
    expect(stepOf(press("j", { metaKey: true }))).toBeNull();
  });
});
