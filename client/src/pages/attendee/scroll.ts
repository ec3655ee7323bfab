// Where the reader is in the text: at the newest line, which is then kept in sight, or at a line that must not move
// under their eyes, whatever is added, corrected or made larger around it.

import { signal } from "@preact/signals";

/** So near the end counts as being there, in px. */
const NEAR = 48;
/** So near the beginning more is fetched, in px. */
const EARLY = 600;

interface Anchor {
  readonly id: string;
  readonly top: number;
}

export class Scroll {
  /** At the newest line. */
  readonly following = signal(true);
  /** Near the oldest line that is there. */
  readonly early = signal(false);
  #box: HTMLElement | null = null;
  #anchor: Anchor | null = null;
  /** Where the newest line was put in sight last. */
  #end = 0;
  #watch: ResizeObserver | null = null;

  /** The scrolling element, whose children hold the text; null when it goes. */
  attach(box: HTMLElement | null): void {
    this.#watch?.disconnect();
    this.#box = box;
    if (!box) return;
    this.#watch = new ResizeObserver(() => this.settle());
    for (const element of [box, ...box.children]) this.#watch.observe(element);
    this.settle();
  }

  /** To be called after each scroll of the element. */
  moved(): void {
    const box = this.#box;
    if (!box) return;
    this.following.value = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    this.early.value = box.scrollTop < EARLY;
    this.#anchor = this.#topmost(box);
  }

  /** To be called after each change of the text or its size. */
  settle(): void {
    const box = this.#box;
    if (!box) return;
    // scrolled back by its reader, and the event of that is still to come
    if (this.following.peek() && box.scrollTop < this.#end - NEAR) this.moved();
    if (this.following.peek()) {
      box.scrollTop = box.scrollHeight;
      this.#end = box.scrollTop;
    } else this.#hold(box);
    this.early.value = box.scrollTop < EARLY;
  }

  toNewest(): void {
    this.following.value = true;
    this.#end = 0;
    this.settle();
  }

  /** The time of speaking of the topmost line in sight; null when there is none. */
  get time(): number | null {
    const id = this.#anchor?.id;
    const at = this.#box && id ? piece(this.#box, id)?.dataset["at"] : undefined;
    return at === undefined ? null : Number(at);
  }

  /** Puts the line that was said at a time at the top. */
  toTime(at: number): void {
    const box = this.#box;
    const line = box && [...pieces(box)].findLast((one) => Number(one.dataset["at"]) <= at);
    if (!box || !line) return;
    box.scrollTop += line.getBoundingClientRect().top - box.getBoundingClientRect().top - NEAR;
    this.moved();
  }

  // The topmost line goes back to where it was before the text changed around it.
  #hold(box: HTMLElement): void {
    const line = this.#anchor && piece(box, this.#anchor.id);
    if (!line || !this.#anchor) return;
    const by = line.getBoundingClientRect().top - box.getBoundingClientRect().top - this.#anchor.top;
    if (Math.abs(by) >= 1) box.scrollTop += by;
  }

  #topmost(box: HTMLElement): Anchor | null {
    const { top } = box.getBoundingClientRect();
    for (const line of pieces(box)) {
      const place = line.getBoundingClientRect();
      if (place.bottom > top) return { id: line.dataset["id"] ?? "", top: place.top - top };
    }
    return null;
  }
}

function pieces(box: HTMLElement): NodeListOf<HTMLElement> {
  return box.querySelectorAll<HTMLElement>("[data-at]");
}

function piece(box: HTMLElement, id: string): HTMLElement | null {
  return box.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
}
