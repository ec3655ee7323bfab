// Gists are saved by themselves: after a pause, on leaving, and when the server is there again.
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Drafts } from "../../drafts";
import type { Ack } from "../../insist";
import type { ErrorBody, WordsView, WriteGist } from "../../wire.gen";
import {
  acknowledged,
  annotationOf,
  current,
  fieldOf,
  isLater,
  isOvertaken,
  rebased,
  typed,
  type Draft,
  type Field,
  type Known,
} from "./model/gist";

/** Milliseconds without a key before what was typed is sent; and before it is sent again after a refusal that passes. */
export const PAUSE = 1_200;
export const AGAIN = 2_000;

export interface Desk {
  /** The gist as the newest view tells it, and that view's version. */
  readonly stored: (entry: string) => WordsView | null;
  readonly version: () => number;
  /** The name of who writes here. */
  readonly me: () => string;
  readonly now: () => number;
  readonly ask: (command: WriteGist) => Promise<Ack>;
  readonly canAsk: () => boolean;
}

export class Gists {
  readonly #drafts: Drafts<Draft>;
  readonly #desk: Desk;
  readonly #sending = signal<ReadonlySet<string>>(new Set());
  readonly #refused = signal<ReadonlyMap<string, ErrorBody>>(new Map());
  readonly #known = new Map<string, Known>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(drafts: Drafts<Draft>, desk: Desk) {
    this.#drafts = drafts;
    this.#desk = desk;
  }

  field(entry: string): Field {
    return fieldOf(this.#drafts.get(entry), this.stored(entry));
  }

  /** The gist that the field stands on, with its words. */
  stored(entry: string): WordsView | null {
    const told = this.#desk.stored(entry);
    if (told && told.text !== null && this.#isNews(entry, told)) this.#known.set(entry, { gist: told, read: true });
    return current(told, this.#known.get(entry) ?? null, this.#desk.version());
  }

  // An older view than what was acknowledged here tells of the gist before it.
  #isNews(entry: string, { annotation }: WordsView): boolean {
    const known = this.#known.get(entry)?.gist;
    return !known || known.annotation === annotation || isLater(annotation, known.annotation);
  }

  isSending(entry: string): boolean {
    return this.#sending.value.has(entry);
  }

  /** Why the newest text could not be saved; null while that is not so. */
  refusal(entry: string): ErrorBody | null {
    return this.#refused.value.get(entry) ?? null;
  }

  /** How many texts the server does not have yet. */
  readonly unsaved: ReadonlySignal<number> = computed(() => this.#drafts.all.value.size);

  type(entry: string, text: string): void {
    this.#drafts.put(entry, typed(this.#drafts.get(entry), this.stored(entry), text));
    this.#note(entry, null);
    this.#later(entry, PAUSE);
  }

  /** Sends what was typed, unless it is on its way, is empty, or would go over what somebody else wrote. */
  async save(entry: string): Promise<void> {
    clearTimeout(this.#timers.get(entry));
    const [draft, stored] = [this.#drafts.get(entry), this.stored(entry)];
    if (!draft || this.#sending.peek().has(entry)) return;
    if (draft.text.trim() === stored?.text?.trim()) return this.#drafts.put(entry, null);
    if (fieldOf(draft, stored).state !== "typed" || !this.#desk.canAsk()) return;
    this.#mark(entry, true);
    const ack = await this.#desk.ask({ type: "write_gist", entry, after: draft.after, text: draft.text.trim() });
    this.#mark(entry, false);
    if (ack.ok) this.#taken(entry, draft, annotationOf(ack.version));
    else this.#notTaken(entry, ack.error);
  }

  saveAll(): void {
    for (const entry of this.#drafts.all.peek().keys()) void this.save(entry);
  }

  /** One's own text, over what the other wrote. */
  keepMine(entry: string): Promise<void> {
    const draft = this.#drafts.get(entry);
    if (draft) this.#drafts.put(entry, rebased(draft, this.stored(entry)));
    return this.save(entry);
  }

  /** The other's text; one's own goes. */
  takeTheirs(entry: string): void {
    this.#drafts.put(entry, null);
  }

  #taken(entry: string, sent: Draft, annotation: string): void {
    this.#note(entry, null);
    const gist = { annotation, text: sent.text.trim(), by: this.#desk.me(), at: this.#desk.now() };
    this.#known.set(entry, { gist, read: false });
    this.#drafts.put(entry, acknowledged(this.#drafts.get(entry), sent, annotation));
    if (this.#drafts.get(entry)) this.#later(entry, PAUSE);
  }

  #notTaken(entry: string, error: ErrorBody): void {
    const [draft, stored] = [this.#drafts.get(entry), this.stored(entry)];
    if (!draft) return;
    if (error.code === "stale") {
      // What is seen now is no other's newer text: it was taken away, or the news of it is still to come.
      if (!isOvertaken(draft, stored)) this.#drafts.put(entry, rebased(draft, stored));
      return this.#later(entry, AGAIN);
    }
    this.#note(entry, error);
    if (error.retry) this.#later(entry, AGAIN);
  }

  #later(entry: string, ms: number): void {
    clearTimeout(this.#timers.get(entry));
    const timer = setTimeout(() => void this.save(entry), ms);
    this.#timers.set(entry, timer);
  }

  #mark(entry: string, on: boolean): void {
    const next = new Set(this.#sending.peek());
    if (on) next.add(entry);
    else next.delete(entry);
    this.#sending.value = next;
  }

  #note(entry: string, error: ErrorBody | null): void {
    const next = new Map(this.#refused.peek());
    if (error) next.set(entry, error);
    else next.delete(entry);
    this.#refused.value = next;
  }
}
