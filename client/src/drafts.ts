// What was typed and is not yet the server's, by what it is for: in this tab's memory too, so that it outlives a reload.
import { signal, type ReadonlySignal } from "@preact/signals";

export type Memory = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

export class Drafts<D> {
  readonly #memory: Memory;
  readonly #prefix: string;
  readonly #all: ReturnType<typeof signal<ReadonlyMap<string, D>>>;

  /** `prefix` tells whose they are: the session and the person. */
  constructor(memory: Memory, prefix: string) {
    this.#memory = memory;
    this.#prefix = `${prefix}.`;
    this.#all = signal<ReadonlyMap<string, D>>(this.#remembered());
  }

  get all(): ReadonlySignal<ReadonlyMap<string, D>> {
    return this.#all as ReadonlySignal<ReadonlyMap<string, D>>;
  }

  get(name: string): D | null {
    return this.all.value.get(name) ?? null;
  }

  /** Null forgets it. */
  put(name: string, draft: D | null): void {
    const next = new Map(this.all.peek());
    if (draft === null) next.delete(name);
    else next.set(name, draft);
    this.#all.value = next;
    this.#remember(name, draft);
  }

  // A memory that is full or forbidden must not keep anybody from typing.
  #remember(name: string, draft: D | null): void {
    try {
      if (draft === null) this.#memory.removeItem(this.#prefix + name);
      else this.#memory.setItem(this.#prefix + name, JSON.stringify(draft));
    } catch {
      // it is kept for as long as the page is open
    }
  }

  #remembered(): ReadonlyMap<string, D> {
    const found = new Map<string, D>();
    for (let at = 0; at < this.#memory.length; at += 1) {
      const key = this.#memory.key(at);
      if (!key?.startsWith(this.#prefix)) continue;
      const draft = read<D>(this.#memory.getItem(key));
      if (draft !== null) found.set(key.slice(this.#prefix.length), draft);
    }
    return found;
  }
}

function read<D>(text: string | null): D | null {
  try {
    return text === null ? null : (JSON.parse(text) as D);
  } catch {
    return null;
  }
}
