import { effect } from "@preact/signals";
import { afterEach, describe, expect, it, vi } from "vitest";
import { bestOffset, Clock, keep, keepTime, sampleOf, sessionTime, slewed, type Sample } from "./clock";

const sample = (offset: number, trip: number, takenAt = 0): Sample => ({ offset, trip, takenAt });

describe("the engine's time (T2)", () => {
  it("is taken at the middle of a round trip", () => {
    expect(sampleOf(1_000, 1_080, 500_000)).toEqual({ offset: 500_000 - 1_040, trip: 80, takenAt: 1_080 });
  });

  it("follows the shortest round trip, and the newest of equals", () => {
    expect(bestOffset([sample(10, 90), sample(20, 30), sample(30, 200)])).toBe(20);
    expect(bestOffset([sample(10, 30), sample(20, 30)])).toBe(20);
    expect(bestOffset([])).toBeNull();
  });

  it("forgets samples that are older than ten minutes", () => {
    const kept = keep([sample(1, 5, 0), sample(2, 50, 500_000)], sample(3, 60, 700_000));
    expect(kept.map(({ offset }) => offset)).toEqual([2, 3]);
  });

  it("slews by at most 5 % and never overshoots", () => {
    expect(slewed(0, 100, 1_000)).toBe(50);
    expect(slewed(0, -100, 1_000)).toBe(-50);
    expect(slewed(0, 30, 1_000)).toBe(30);
    expect(slewed(0, 5_000, 1_000)).toBe(5_000);
  });

  it("never runs backwards while it slews", () => {
    let mono = 0;
    const clock = new Clock(
      () => mono,
      () => 0,
    );
    clock.add(sample(10_000, 100));
    const shown: number[] = [clock.engineNow()];
    clock.add(sample(9_500, 10));
    for (let step = 0; step < 200; step += 1) {
      mono += 100;
      shown.push(clock.engineNow());
    }
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
    expect(shown.at(-1)).toBe(mono + 9_500);
  });

  it("is this device's own until it was told, and goes on while it is asked again", () => {
    const clock = new Clock(
      () => 50,
      () => 1_700_000_000_000,
    );
    expect(clock.engineNow()).toBe(1_700_000_000_000);
    clock.add(sample(1_000, 10));
    expect(clock.engineNow()).toBe(1_050);
  });

  it("is right from the answer to the connect on, and not from one that nobody asked for", () => {
    let mono = 100;
    const clock = new Clock(
      () => mono,
      () => 1_700_000_000_000,
    );
    clock.answered(50_000);
    expect(clock.engineNow()).toBe(1_700_000_000_000);
    clock.asked();
    mono = 140;
    clock.answered(50_000);
    expect(clock.engineNow()).toBe(50_020);
    mono = 9_000;
    clock.answered(70_000);
    expect(clock.engineNow()).toBe(50_020 + 8_860);
  });

  it("notices a sleep by the two clocks of the device, and forgets what it knew", () => {
    let wall = 5_000;
    const clock = new Clock(
      () => 1_000,
      () => wall,
    );
    clock.add(sample(100, 10));
    wall += 200;
    expect(clock.slept()).toBe(false);
    wall += 1;
    expect(clock.slept()).toBe(true);
    expect(clock.slept()).toBe(false);
    expect(clock.engineNow()).toBe(1_100);
  });
});

describe("session time", () => {
  it("runs at the rehearsal's rate from where it was set", () => {
    expect(sessionTime({ real: 1_000, session: 90_000, rate: 10 }, 1_500)).toBe(95_000);
    expect(sessionTime({ real: 1_000, session: 90_000, rate: 0 }, 9_999)).toBe(90_000);
  });

  it("is told by signals, one of them by the second", () => {
    let mono = 0;
    const clock = new Clock(
      () => mono,
      () => 0,
    );
    clock.add(sample(0, 1));
    clock.use({ real: 0, session: 60_000, rate: 1 });
    mono = 1_250;
    clock.refresh();
    expect([clock.now.value, clock.second.value]).toEqual([61_250, 61_000]);
  });

  it("tells real seconds also while the session's clock stands", () => {
    let mono = 0;
    const clock = new Clock(
      () => mono,
      () => 0,
    );
    clock.use({ real: 0, session: 60_000, rate: 0 });
    const told: number[] = [];
    effect(() => void told.push(clock.real.value));
    for (mono of [999, 1_000, 2_700]) clock.refresh();
    expect([told, clock.second.value]).toEqual([[0, 1_000, 2_000], 60_000]);
  });
});

describe("keeping time", () => {
  afterEach(() => void vi.useRealTimers());

  it("asks eight times in the first 20 s of a connection, then once a minute", async () => {
    vi.useFakeTimers();
    let asked = 0;
    const round = keepTime(new Clock(), async () => {
      asked += 1;
      return 0;
    });
    round();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked).toBe(8);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(asked).toBe(10);
  });

  it("asks at once after a sleep", async () => {
    vi.useFakeTimers();
    let asked = 0;
    let wall = 0;
    keepTime(
      new Clock(
        () => performance.now(),
        () => performance.now() + wall,
      ),
      async () => {
        asked += 1;
        return null;
      },
    );
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toBe(0);
    wall += 3_600_000;
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toBe(1);
  });
});
