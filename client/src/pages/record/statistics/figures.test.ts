import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Statistics, Tier } from "../../../wire.gen";
import { NotGiven } from "../asked";
import { Figures, type Session } from "./figures";

/** A server that answers when it is told to, and counts what it was asked. */
class Server {
  readonly version = signal("1");
  readonly isRunning = signal(false);
  readonly isLive = signal(true);
  readonly asked: Tier[] = [];
  #answers: { tier: Tier; answer: (told: Statistics) => void; refuse: (why: NotGiven) => void }[] = [];

  readonly session: Session = {
    version: this.version,
    isRunning: this.isRunning,
    isLive: this.isLive,
    now: () => 1_000 + this.asked.length,
    ask: (tier) => {
      this.asked.push(tier);
      return new Promise((answer, refuse) => this.#answers.push({ tier, answer, refuse }));
    },
  };

  async answer(counted = this.asked.length): Promise<void> {
    const { tier, answer } = this.#next();
    answer({ tier, counted } as Statistics);
    await vi.advanceTimersByTimeAsync(0);
  }

  async refuse(code: NotGiven["code"]): Promise<void> {
    this.#next().refuse(new NotGiven(code));
    await vi.advanceTimersByTimeAsync(0);
  }

  #next() {
    const first = this.#answers.shift();
    if (!first) throw new Error("nothing was asked");
    return first;
  }
}

describe("the figures", () => {
  let server: Server;
  let figures: Figures;
  let stop: () => void;
  const seconds = (n: number): Promise<unknown> => vi.advanceTimersByTimeAsync(n * 1_000);
  const shown = (): unknown => figures.told.value && [figures.told.value.statistics.counted, figures.told.value.at];

  beforeEach(async () => {
    vi.useFakeTimers();
    server = new Server();
    figures = new Figures(server.session);
    stop = figures.start();
    await seconds(0);
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
  });

  it("are asked for at once, publishable first", async () => {
    expect(server.asked).toEqual(["publishable"]);
    expect(shown()).toBeNull();
    await server.answer(7);
    expect(shown()).toEqual([7, 1_000]);
  });

  it("follow the session, however much happens no more than every three seconds", async () => {
    await server.answer();
    for (const version of ["2", "3", "4", "5"]) {
      server.version.value = version;
      await seconds(0.5);
    }
    expect(server.asked.length).toBe(1);
    await seconds(1);
    expect(server.asked.length).toBe(2);
    await server.answer();
    await seconds(60);
    expect(server.asked.length).toBe(2);
  });

  it("are asked for again when something happened while the question was under way", async () => {
    server.version.value = "2";
    await seconds(4);
    expect(server.asked.length).toBe(1);
    await server.answer();
    await seconds(4);
    expect(server.asked.length).toBe(2);
  });

  it("go on by themselves while somebody speaks", async () => {
    await server.answer();
    server.isRunning.value = true;
    await seconds(16);
    expect(server.asked.length).toBe(2);
    await server.answer();
    server.isRunning.value = false;
    await seconds(60);
    expect(server.asked.length).toBe(2);
  });

  it("of one tier are never shown as those of the other", async () => {
    await server.answer(1);
    figures.tier.value = "internal";
    expect(shown()).toBeNull();
    await seconds(0);
    figures.tier.value = "publishable";
    await server.answer(2);
    expect(shown()).toEqual([1, 1_000]);
    figures.tier.value = "internal";
    expect(shown()).toEqual([2, 1_001]);
  });

  it("that were left for a while are asked for at once when one comes back to them", async () => {
    await server.answer(1);
    figures.tier.value = "internal";
    await seconds(1);
    await server.answer(2);
    figures.tier.value = "publishable";
    await seconds(0);
    expect(server.asked).toEqual(["publishable", "internal", "publishable"]);
    await server.answer(3);
    figures.tier.value = "internal";
    stop();
    stop = figures.start();
    await seconds(0);
    expect(figures.tier.value).toBe("publishable");
    expect(server.asked.length).toBe(4);
  });

  it("of the tier that was chosen meanwhile come after those that were asked for", async () => {
    figures.tier.value = "internal";
    await seconds(0);
    await server.answer(1);
    await seconds(0);
    expect(server.asked).toEqual(["publishable", "internal"]);
  });

  it("stay when the server does not answer, and come back by themselves", async () => {
    await server.answer(1);
    server.version.value = "2";
    await seconds(3);
    await server.refuse(null);
    expect(figures.trouble.value?.code).toBeNull();
    expect(shown()).toEqual([1, 1_000]);
    await seconds(15);
    await server.answer(3);
    expect(figures.trouble.value).toBeNull();
    expect(shown()).toEqual([3, 1_002]);
  });

  it("are not asked for while the connection is away, and at once when it is back", async () => {
    await server.answer(1);
    server.isLive.value = false;
    server.isRunning.value = true;
    server.version.value = "2";
    await seconds(60);
    expect(server.asked.length).toBe(1);
    server.isLive.value = true;
    await seconds(0);
    expect(server.asked.length).toBe(2);
  });

  it("are not asked for any more once nobody looks", async () => {
    await server.answer();
    server.version.value = "2";
    server.isRunning.value = true;
    stop();
    await seconds(60);
    expect(server.asked.length).toBe(1);
  });
});
