// Handing in a text or a file: what was typed is kept in this tab until the server has it, and what was sent is sent
// again by itself when no answer came. The server takes the same key once.
import { signal, type ReadonlySignal } from "@preact/signals";
import { bytesOf, decoded, LARGEST, mediaOf, PLAIN, type HandIn, type Parcel, type Problem } from "./contributions";
import type { Drafts } from "./drafts";
import { freshId } from "./ids";
import type { ContributionKind, EntryKind, EntryStatus } from "./wire.gen";

/** Milliseconds until what was not answered is asked again. */
export const AGAIN = 3_000;
const NAME = "new";

/** What is being written. `P`: whoever it is for, where that is to be said. */
export interface Draft<P> {
  readonly text: string;
  readonly language: string | null;
  /** The intervention that it belongs to; null: none; undefined: not chosen yet. */
  readonly entry?: string | null | undefined;
  readonly person: P | null;
  /** The one that it takes the place of. */
  readonly replaces: string | null;
  readonly key: string;
}

export type State =
  | { readonly kind: "idle" }
  | { readonly kind: "sending"; readonly sent: number; readonly total: number }
  /** It is sent again by itself. */
  | { readonly kind: "waiting"; readonly problem: Problem }
  | { readonly kind: "refused"; readonly problem: Problem }
  | { readonly kind: "received" };

/** Why a file was not taken on this side already. */
export type NotTaken = "kind" | "too_large" | "empty";

export interface Where {
  readonly kind: ContributionKind;
  readonly entry: string | null;
  readonly person: string | null;
}

export interface Server {
  readonly handIn: HandIn;
  readonly withdraw: (id: string) => Promise<Problem | null>;
}

export class Handing<P> {
  readonly #drafts: Drafts<Draft<P>>;
  readonly #server: Server;
  readonly #state = signal<State>({ kind: "idle" });
  readonly #file = signal<File | null>(null);
  readonly #notTaken = signal<NotTaken | null>(null);
  #stop: AbortController | null = null;
  #wake: (() => void) | null = null;

  constructor(drafts: Drafts<Draft<P>>, server: Server) {
    this.#drafts = drafts;
    this.#server = server;
  }

  get draft(): Draft<P> {
    return this.#drafts.get(NAME) ?? { text: "", language: null, person: null, replaces: null, key: freshId() };
  }

  get state(): ReadonlySignal<State> {
    return this.#state;
  }

  get file(): ReadonlySignal<File | null> {
    return this.#file;
  }

  get notTaken(): ReadonlySignal<NotTaken | null> {
    return this.#notTaken;
  }

  get isBusy(): boolean {
    return this.#state.value.kind === "sending" || this.#state.value.kind === "waiting";
  }

  /** Whether there is anything to hand in. */
  get isReady(): boolean {
    return this.#file.value !== null || (this.draft.text.trim() !== "" && bytesOf(this.draft.text) <= LARGEST);
  }

  /** What is sent then is another thing than what was sent before, hence another key. */
  change(changes: Partial<Draft<P>>): void {
    if (this.isBusy) return;
    this.#settle();
    this.#drafts.put(NAME, { ...this.draft, key: freshId(), ...changes });
  }

  /** A text file is put where one writes, so that it can be read over; any other goes as it is. */
  async choose(file: File): Promise<void> {
    if (this.isBusy) return;
    const why = whyNotTaken(file);
    if (why === null && mediaOf(file.name) === PLAIN && this.draft.text.trim() === "")
      return this.change({ text: decoded(await file.arrayBuffer()) });
    this.change({});
    this.#notTaken.value = why;
    if (why === null) this.#file.value = file;
  }

  leaveFile(): void {
    this.change({});
    if (!this.isBusy) this.#file.value = null;
  }

  /** Until it was received, refused or cancelled. */
  async send(where: Where): Promise<void> {
    if (this.isBusy || !this.isReady) return;
    const { replaces } = this.draft;
    const parcel = await this.#parcel(where);
    const stop = (this.#stop = new AbortController());
    try {
      await this.#until(() => this.#server.handIn(parcel, this.#progress, stop.signal), stop.signal);
      if (replaces) await this.#until(() => this.#server.withdraw(replaces), stop.signal);
      this.forget();
      this.#state.value = { kind: "received" };
    } catch (reason) {
      this.#state.value = reason instanceof Refused ? { kind: "refused", problem: reason.problem } : { kind: "idle" };
    }
  }

  cancel(): void {
    this.#stop?.abort();
    this.#wake?.();
  }

  /** The server is there again: what waits need not wait longer. */
  nudge(): void {
    this.#wake?.();
  }

  /** That it was received needs no saying any more. */
  noted(): void {
    if (this.#state.value.kind === "received") this.#state.value = { kind: "idle" };
  }

  forget(): void {
    this.#drafts.put(NAME, null);
    this.#file.value = null;
    this.#notTaken.value = null;
    this.#state.value = { kind: "idle" };
  }

  async #parcel(where: Where): Promise<Parcel> {
    const { text, language, key } = this.draft;
    const file = this.#file.value;
    this.#drafts.put(NAME, this.draft); // its key outlives a reload
    this.#state.value = { kind: "sending", sent: 0, total: file?.size ?? bytesOf(text) };
    const isText = file === null || mediaOf(file.name) === PLAIN;
    const words = file === null ? text : isText ? decoded(await file.arrayBuffer()) : null;
    const body = words === null ? (file as File) : new Blob([words]);
    return { body, media: file ? (mediaOf(file.name) ?? PLAIN) : PLAIN, key, language, ...where };
  }

  async #until(ask: () => Promise<Problem | null>, signal: AbortSignal): Promise<void> {
    for (;;) {
      const problem = await ask();
      signal.throwIfAborted();
      if (problem === null) return;
      if (!problem.retry) throw new Refused(problem);
      this.#state.value = { kind: "waiting", problem };
      await this.#pause();
      signal.throwIfAborted();
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, AGAIN);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  readonly #progress = (sent: number, total: number): void => {
    this.#state.value = { kind: "sending", sent, total };
  };

  // What was said about the last one is not about what is there now.
  #settle(): void {
    this.#notTaken.value = null;
    this.#state.value = { kind: "idle" };
  }
}

class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code ?? "no answer");
    this.problem = problem;
  }
}

function whyNotTaken(file: File): NotTaken | null {
  if (mediaOf(file.name) === null) return "kind";
  if (file.size === 0) return "empty";
  return file.size > LARGEST ? "too_large" : null;
}

// --- what it belongs to ---------------------------------------------------------------------------

/** An intervention, or none, that a text can be of. */
export interface Occasion {
  readonly entry: string | null;
  readonly segment: string | null;
  readonly kind: ContributionKind;
  readonly when: "to_come" | "spoken" | "not_heard" | "none";
}

interface Request {
  readonly id: string;
  readonly segment: string;
  readonly kind: EntryKind;
  readonly status: EntryStatus;
}

const WHEN: readonly Occasion["when"][] = ["to_come", "spoken", "not_heard"];
const SPOKEN: readonly EntryStatus[] = ["speaking", "interrupted", "heard"];

/** What somebody's text can be of, most likely first: what is to come, what was said, what was not heard, none of it. */
export function occasions(entries: readonly Request[]): readonly Occasion[] {
  const own = entries.filter(({ kind, status }) => kind !== "point_of_order" && status !== "withdrawn").map(occasionOf);
  const none: Occasion = { entry: null, segment: null, kind: "written", when: "none" };
  return [...WHEN.flatMap((when) => own.filter((each) => each.when === when)), none];
}

export function occasionOf({ id, segment, status }: Request): Occasion {
  const when = status === "not_heard" ? "not_heard" : SPOKEN.includes(status) ? "spoken" : "to_come";
  return { entry: id, segment, kind: when === "not_heard" ? "written" : "statement", when };
}
