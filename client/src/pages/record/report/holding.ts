// The lines that are held back from publication, as new as the session, and what is decided about them (R10).
import { computed, effect, signal, untracked, type ReadonlySignal } from "@preact/signals";
import type { HeldLine, PassageDecision } from "../../../wire.gen";
import { NotGiven } from "../asked";

export const DECISIONS = ["leave_out", "mask", "release"] as const satisfies readonly PassageDecision[];

/** However much happens, not more often than that. */
const AT_MOST_EVERY = 4_000;
/** Lines are spoken, though nothing else happens. */
const AGAIN_AFTER = 20_000;

export interface Deps {
  /** Of what the lines depend on, apart from what is spoken. */
  readonly version: ReadonlySignal<string>;
  readonly isLive: ReadonlySignal<boolean>;
  /** Rejects with NotGiven. */
  readonly fetch: () => Promise<readonly HeldLine[]>;
  /** Whether it was accepted. */
  readonly decide: (line: HeldLine, decision: PassageDecision) => Promise<boolean>;
}

export class Holding {
  readonly #deps: Deps;
  readonly #lines = signal<readonly HeldLine[] | null>(null);
  /** What was accepted here, until the server tells it. */
  readonly #decided = signal<ReadonlyMap<string, PassageDecision>>(new Map());
  readonly trouble = signal<NotGiven | null>(null);
  #askedAt = -Infinity;
  #isAsking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Null until they were read. */
  readonly lines: ReadonlySignal<readonly HeldLine[] | null> = computed(
    () =>
      this.#lines.value?.map((line) => ({
        ...line,
        decision: this.#decided.value.get(keyOf(line)) ?? line.decision,
      })) ?? null,
  );
  readonly open: ReadonlySignal<readonly HeldLine[]> = computed(
    () => this.lines.value?.filter(({ decision }) => decision === null) ?? [],
  );
  readonly decided: ReadonlySignal<readonly HeldLine[]> = computed(
    () => this.lines.value?.filter(({ decision }) => decision !== null) ?? [],
  );

  /** Follows the session until what it gives back is called. */
  start(): () => void {
    const { version, isLive } = this.#deps;
    const stop = effect(() => {
      void version.value;
      if (isLive.value) untracked(() => this.#soon());
    });
    const again = setInterval(() => {
      if (isLive.peek() && !document.hidden) void this.#ask();
    }, AGAIN_AFTER);
    return () => {
      stop();
      clearInterval(again);
      clearTimeout(this.#timer);
    };
  }

  /** Shown at once when it was accepted. */
  async decide(line: HeldLine, decision: PassageDecision): Promise<boolean> {
    if (!(await this.#deps.decide(line, decision))) return false;
    this.#decided.value = new Map(this.#decided.peek()).set(keyOf(line), decision);
    return true;
  }

  #soon(): void {
    clearTimeout(this.#timer);
    const wait = this.#lines.peek() ? this.#askedAt + AT_MOST_EVERY - performance.now() : 0;
    this.#timer = setTimeout(() => void this.#ask(), Math.max(0, wait));
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#askedAt = performance.now();
    const [version, decided] = [this.#deps.version.peek(), this.#decided.peek()];
    try {
      this.#lines.value = await this.#deps.fetch();
      // What was accepted before the question is in the answer.
      this.#decided.value = new Map([...this.#decided.peek()].filter(([key, value]) => decided.get(key) !== value));
      this.trouble.value = null;
    } catch (trouble) {
      if (!(trouble instanceof NotGiven)) throw trouble;
      this.trouble.value = trouble;
    } finally {
      this.#isAsking = false;
    }
    // What came while the question was under way has not been answered.
    if (version !== this.#deps.version.peek() && this.#deps.isLive.peek()) this.#soon();
  }
}

export function keyOf({ track, position }: Pick<HeldLine, "track" | "position">): string {
  return `${track}:${position}`;
}
