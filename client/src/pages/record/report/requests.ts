// The files that were asked for on this page, from the press until they are saved or given up, and what the colleagues
// have being made.
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { freshId } from "../../../ids";
import type { Code, MakingView } from "../../../wire.gen";
import { NotGiven } from "../asked";
import type { File } from "../model/exports";

/** So many that are over are shown still. */
const KEPT = 3;

/** `code` null: the server did not answer. */
export type Outcome = { readonly is: "saved" } | { readonly is: "not_given"; readonly code: Code | null };

export interface Request {
  readonly id: string;
  readonly file: File;
  /** The engine's time. */
  readonly since: number;
  readonly outcome: Outcome | null;
}

/** A file that is being made, as it is shown: one's own, or a colleague's. */
export interface Underway {
  readonly id: string;
  readonly file: File;
  readonly mine: boolean;
  readonly name: string | null;
  /** How many are before it; null while that is not known. */
  readonly ahead: number | null;
  /** The engine's time since when it is being made; null while it waits. */
  readonly began: number | null;
}

export interface Deps {
  readonly making: ReadonlySignal<readonly MakingView[]>;
  readonly now: () => number;
  /** Rejects with NotGiven, or with an AbortError. */
  readonly fetch: (file: File, making: string, signal: AbortSignal) => Promise<Blob>;
  readonly save: (blob: Blob, file: File) => void;
}

export class Requests {
  readonly #deps: Deps;
  readonly #all = signal<readonly Request[]>([]);
  readonly #stops = new Map<string, AbortController>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** What is over, the newest first. */
  readonly over: ReadonlySignal<readonly Request[]> = computed(() =>
    this.#all.value.filter(({ outcome }) => outcome !== null).toReversed(),
  );

  /** In the order of asking. */
  readonly underway: ReadonlySignal<readonly Underway[]> = computed(() => {
    const mine = this.#all.value;
    const told = this.#deps.making.value;
    const own = mine.filter(({ outcome }) => outcome === null).map((request) => ownOf(request, told));
    const others = told.filter(({ id }) => !mine.some((request) => request.id === id)).map(othersOf);
    return [...own, ...others];
  });

  /** The same file is asked for once at a time. */
  async ask(file: File): Promise<Outcome | null> {
    if (this.#all.peek().some((one) => one.outcome === null && isSame(one.file, file))) return null;
    const [id, stop] = [freshId(), new AbortController()];
    this.#stops.set(id, stop);
    this.#all.value = [...this.#all.peek(), { id, file, since: this.#deps.now(), outcome: null }];
    try {
      this.#deps.save(await this.#deps.fetch(file, id, stop.signal), file);
      return this.#end(id, { is: "saved" });
    } catch (problem) {
      if (stop.signal.aborted) return this.#end(id, null);
      if (problem instanceof NotGiven) return this.#end(id, { is: "not_given", code: problem.code });
      this.#end(id, null);
      throw problem;
    } finally {
      this.#stops.delete(id);
    }
  }

  /** The server takes it out of its queue. */
  giveUp(id: string): void {
    this.#stops.get(id)?.abort();
  }

  dismiss(id: string): void {
    this.#all.value = this.#all.peek().filter((one) => one.id !== id);
  }

  #end(id: string, outcome: Outcome | null): Outcome | null {
    const known = this.#all.peek().flatMap((one) => (one.id !== id ? [one] : outcome ? [{ ...one, outcome }] : []));
    const over = known.filter((one) => one.outcome !== null);
    const old = new Set(over.slice(0, Math.max(0, over.length - KEPT)));
    this.#all.value = known.filter((one) => !old.has(one));
    return outcome;
  }
}

function ownOf({ id, file }: Request, told: readonly MakingView[]): Underway {
  const known = told.find((one) => one.id === id);
  return { id, file, mine: true, name: null, ahead: known?.ahead ?? null, began: known?.began ?? null };
}

function othersOf({ id, kind, tier, track, name, ahead, began }: MakingView): Underway {
  return { id, file: { kind: kind as File["kind"], tier, track }, mine: false, name, ahead, began };
}

function isSame(one: File, other: File): boolean {
  return one.kind === other.kind && one.tier === other.tier && one.track === other.track;
}
