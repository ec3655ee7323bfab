// Keeps the figures as new as the session: asked for anew when it has moved, and now and then while somebody speaks.
// The last ones of each tier stay when the server cannot be reached.
import { computed, effect, signal, untracked, type ReadonlySignal } from "@preact/signals";
import type { Statistics, Tier } from "../../../wire.gen";
import { asked, NotGiven } from "../asked";

/** However much happens, not more often than that. */
const AT_MOST_EVERY = 3_000;
/** While somebody speaks, whose time goes on though nothing happens; and after it went wrong. */
const AGAIN_AFTER = 15_000;
const ANSWER_WITHIN = 10_000;

export interface Told {
  readonly statistics: Statistics;
  /** The session's time at which they were asked for. */
  readonly at: number;
}

/** What they depend on. */
export interface Session {
  readonly version: ReadonlySignal<string>;
  readonly isRunning: ReadonlySignal<boolean>;
  readonly isLive: ReadonlySignal<boolean>;
  readonly now: () => number;
  /** Rejects with NotGiven. */
  readonly ask: (tier: Tier) => Promise<Statistics>;
}

export class Figures {
  readonly tier = signal<Tier>("publishable");
  /** Why the last question was not answered. */
  readonly trouble = signal<NotGiven | null>(null);
  readonly #told = signal<ReadonlyMap<Tier, Told>>(new Map());
  readonly #session: Session;
  #asked: { readonly tier: Tier; readonly at: number } | null = null;
  #isAsking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The newest figures of the tier that was chosen. */
  readonly told: ReadonlySignal<Told | null> = computed(() => this.#told.value.get(this.tier.value) ?? null);

  /** Follows the session until what it gives back is called. Whoever comes back may be showing their screen. */
  start(): () => void {
    const { version, isLive, isRunning } = this.#session;
    this.#asked = null;
    this.tier.value = "publishable";
    const stop = effect(() => {
      void [version.value, this.tier.value];
      if (isLive.value) untracked(() => this.#soon());
    });
    const again = setInterval(() => {
      if (isLive.peek() && (isRunning.peek() || this.trouble.peek())) void this.#ask();
    }, AGAIN_AFTER);
    return () => {
      stop();
      clearInterval(again);
      clearTimeout(this.#timer);
    };
  }

  /** At once where nothing is shown, or what is shown may be old, and else when the last question is long enough ago. */
  #soon(): void {
    clearTimeout(this.#timer);
    const last = this.told.peek() && this.#asked?.tier === this.tier.peek() ? this.#asked : null;
    const next = last ? last.at + AT_MOST_EVERY : 0;
    this.#timer = setTimeout(() => void this.#ask(), Math.max(0, next - performance.now()));
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const [tier, version, at] = [this.tier.peek(), this.#session.version.peek(), this.#session.now()];
    this.#asked = { tier, at: performance.now() };
    try {
      const statistics = await this.#session.ask(tier);
      this.#told.value = new Map(this.#told.peek()).set(tier, { statistics, at });
      this.trouble.value = null;
    } catch (trouble) {
      if (!(trouble instanceof NotGiven)) throw trouble;
      this.trouble.value = trouble;
    } finally {
      this.#isAsking = false;
    }
    // What came while the question was under way has not been answered.
    const isOver = tier === this.tier.peek() && version === this.#session.version.peek();
    if (!isOver && this.#session.isLive.peek()) this.#soon();
  }
}

/** Rejects with NotGiven. */
export function fetchStatistics(session: string, token: string, tier: Tier): Promise<Statistics> {
  const path = `/api/sessions/${encodeURIComponent(session)}/statistics?tier=${tier}`;
  return asked(path, token, AbortSignal.timeout(ANSWER_WITHIN), (answer) => answer.json());
}
