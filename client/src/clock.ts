// The engine's time, estimated on this device's monotonic clock, and the session's time from it.
// Nothing here knows Socket.IO: a round trip is passed in.

import { signal, type ReadonlySignal } from "@preact/signals";
import type { ClockView } from "./wire.gen";

export interface Sample {
  /** Estimated engine time minus the monotonic clock, in ms. */
  readonly offset: number;
  /** Round trip in ms: the estimate is wrong by at most half of it. */
  readonly trip: number;
  readonly takenAt: number;
}

const KEPT_FOR = 10 * 60_000;
const KEPT_AT_MOST = 16;
const FIRST_ROUND = [0, 250, 750, 1_500, 3_500, 7_000, 12_000, 20_000];
const EVERY = 60_000;
const SLEPT = 200;
/** At most 5 % faster or slower while a new estimate is taken over, so that no clock on screen steps back. */
const SLEW = 0.05;
/** A difference that no slewing should hide: after a sleep the true time matters more than smoothness. */
const STEP_OVER = 2_000;
const TICK = 50;

export function sampleOf(sentAt: number, receivedAt: number, t: number): Sample {
  const trip = receivedAt - sentAt;
  return { offset: t - (sentAt + trip / 2), trip, takenAt: receivedAt };
}

/** The offset of the recent sample with the shortest round trip; null without any. */
export function bestOffset(samples: readonly Sample[]): number | null {
  let best: Sample | null = null;
  for (const sample of samples) if (!best || sample.trip <= best.trip) best = sample;
  return best ? best.offset : null;
}

export function keep(samples: readonly Sample[], sample: Sample): Sample[] {
  return [...samples, sample].filter((s) => sample.takenAt - s.takenAt <= KEPT_FOR).slice(-KEPT_AT_MOST);
}

/** One step towards a new offset: by at most `SLEW` of the time that went by, at once when it is far away. */
export function slewed(shown: number, target: number, elapsed: number): number {
  const difference = target - shown;
  if (Math.abs(difference) > STEP_OVER) return target;
  const most = Math.max(0, elapsed) * SLEW;
  return shown + Math.max(-most, Math.min(most, difference));
}

function bySecond(ms: number): number {
  return Math.floor(ms / 1_000) * 1_000;
}

/** Session time at an instant of the engine's time. */
export function sessionTime(clock: ClockView, engine: number): number {
  return clock.session + (engine - clock.real) * clock.rate;
}

export class Clock {
  readonly #mono: () => number;
  readonly #wall: () => number;
  readonly #tick = signal(0);
  readonly #second = signal(0);
  readonly #real = signal(0);
  #samples: Sample[] = [];
  #shown: number | null = null;
  #slewedAt = 0;
  #view: ClockView = { real: 0, session: 0, rate: 1 };
  #awake: number;
  #asked: number | null = null;

  constructor(mono: () => number = () => performance.now(), wall: () => number = () => Date.now()) {
    this.#mono = mono;
    this.#wall = wall;
    this.#awake = wall() - mono();
  }

  /** Session time, renewed twenty times a second: for running clocks (T2: all displays agree to 100 ms). */
  get now(): ReadonlySignal<number> {
    return this.#tick;
  }

  /** Session time, renewed when its second changes: for all that need not be finer. */
  get second(): ReadonlySignal<number> {
    return this.#second;
  }

  /** This device's monotonic clock by the second: for what goes on while a rehearsal's clock stands or runs fast. */
  get real(): ReadonlySignal<number> {
    return this.#real;
  }

  /** The engine's time in UTC ms; this device's own until a first estimate is there. */
  engineNow(): number {
    const mono = this.#mono();
    const target = bestOffset(this.#samples);
    if (target === null) return this.#shown === null ? this.#wall() : mono + this.#shown;
    this.#shown = this.#shown === null ? target : slewed(this.#shown, target, mono - this.#slewedAt);
    this.#slewedAt = mono;
    return mono + this.#shown;
  }

  sessionNow(): number {
    return sessionTime(this.#view, this.engineNow());
  }

  /** The mapping to session time that came with a view. */
  use(view: ClockView): void {
    this.#view = view;
    this.refresh();
  }

  add(sample: Sample): void {
    this.#samples = keep(this.#samples, sample);
    this.refresh();
  }

  /** A question goes out now whose answer comes unasked for, as `answered`. */
  asked(): void {
    this.#asked = this.#mono();
  }

  /** The engine's time came; without a question it says nothing, as nobody knows how long it was on its way. */
  answered(t: number): void {
    if (this.#asked !== null) this.add(sampleOf(this.#asked, this.#mono(), t));
    this.#asked = null;
  }

  /** Whether the device slept or its clock was set since the last call; then old samples are worth nothing. */
  slept(): boolean {
    const awake = this.#wall() - this.#mono();
    if (Math.abs(awake - this.#awake) <= SLEPT) return false;
    this.#awake = awake;
    this.#samples = [];
    return true;
  }

  refresh(): void {
    const now = this.sessionNow();
    this.#tick.value = now;
    this.#second.value = bySecond(now);
    this.#real.value = bySecond(this.#mono());
  }
}

/**
 * Keeps a clock true for as long as the page lives: `ask` makes one round trip and gives the engine's time, or null.
 * What is given back starts a first round of them, which spreads over 20 s: to be called with each connection.
 */
export function keepTime(clock: Clock, ask: () => Promise<number | null>): () => void {
  let waiting: ReturnType<typeof setTimeout>[] = [];
  const measure = async (): Promise<void> => {
    const sentAt = performance.now();
    const t = await ask();
    if (t !== null) clock.add(sampleOf(sentAt, performance.now(), t));
  };
  const round = (): void => {
    waiting.forEach(clearTimeout);
    waiting = FIRST_ROUND.map((delay) => setTimeout(measure, delay));
  };
  setInterval(() => {
    if (clock.slept()) round();
    clock.refresh();
  }, TICK);
  setInterval(measure, EVERY);
  return round;
}
