// What one reader reads: the chosen track as text, how it looks, and what is to be said below it.

import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { articlesOf, captionsOf, EMPTY, pagesOf, type Article, type Captions, type TrackState } from "../../captions";
import type { PageProps } from "../../page";
import { chooseTheme } from "../../theme";
import type { TrackView } from "../../wire.gen";
import * as displays from "./model/display";
import { find, NOTHING, type Found } from "./model/find";
import * as languages from "./model/languages";
import { tailOf, type Tail } from "./model/tail";
import { blocksOf, type Block } from "./model/text";

export interface ReadArticle extends Article {
  readonly blocks: readonly Block[];
}

export class Reading {
  readonly #props: PageProps;
  readonly #captions: Captions;
  readonly #asked = signal(languages.remembered());
  readonly #display = signal(displays.remembered());
  readonly #unreachable = signal(false);
  readonly #heardAt = signal(performance.now());
  #drawn: readonly ReadArticle[] = [];

  constructor(props: PageProps) {
    this.#props = props;
    this.#captions = captionsOf(props.connection, pagesOf(props.session, props.token));
    effect(() => this.#captions.choose(this.#name.value === null ? [] : [this.#name.value]));
    effect(() => {
      if (this.state.value) this.#heardAt.value = performance.now();
    });
  }

  readonly #name = computed(() =>
    languages.firstChoice(this.#props.view.value.tracks, this.#asked.value, navigator.languages),
  );

  readonly track: ReadonlySignal<TrackView | null> = computed(
    () => this.#props.view.value.tracks.find(({ track }) => track === this.#name.value) ?? null,
  );

  readonly state: ReadonlySignal<TrackState> = computed(() =>
    this.#name.value === null ? EMPTY : this.#captions.track(this.#name.value).value,
  );

  readonly articles: ReadonlySignal<readonly ReadArticle[]> = computed(() => {
    const articles = articlesOf(this.state.value, this.#props.view.value.turns);
    return (this.#drawn = settled(this.#drawn, articles, this.state.value));
  });

  readonly tail: ReadonlySignal<Tail | null> = computed(() => {
    const { connection, view } = this.#props;
    const now = connection.clock.second.value;
    const heard = { ago: performance.now() - this.#heardAt.value, open: this.state.value.partials.length > 0 };
    return tailOf(connection.link.value, view.value, heard, now);
  });

  /** What is looked for; null while finding is closed. */
  readonly wanted = signal<string | null>(null);

  readonly found: ReadonlySignal<Found> = computed(() => {
    const wanted = this.wanted.value;
    return wanted ? find(this.articles.value.flatMap(({ blocks }) => blocks), wanted) : NOTHING;
  });

  get display(): ReadonlySignal<displays.Display> {
    return this.#display;
  }

  /** Older lines could not be had at the last attempt. */
  get unreachable(): ReadonlySignal<boolean> {
    return this.#unreachable;
  }

  read(track: string): void {
    languages.remember(track);
    this.#asked.value = track;
  }

  show(display: displays.Display): void {
    displays.remember(display);
    if (display.colours !== this.#display.peek().colours) chooseTheme(displays.THEMES[display.colours]);
    this.#display.value = display;
  }

  /** Fetches a page of older lines; false when there is none, or none to be had now. */
  async older(): Promise<boolean> {
    const name = this.#name.peek();
    if (name === null) return false;
    try {
      const more = await this.#captions.older(name);
      this.#unreachable.value = false;
      return more;
    } catch {
      this.#unreachable.value = true;
      return false;
    }
  }

  /** Fetches all older lines that can be had. */
  async all(): Promise<void> {
    while (await this.older());
  }
}

/** The articles as they are now; those that did not change are the same objects, and need not be drawn again. */
export function settled(
  before: readonly ReadArticle[],
  now: readonly Article[],
  state: Pick<TrackState, "partials">,
): ReadArticle[] {
  const known = new Map(before.map((article) => [article.key, article]));
  const open = new Set(state.partials.map(({ id }) => id));
  return now.map((article) => {
    const old = known.get(article.key);
    return old && same(old, article) ? old : { ...article, blocks: blocksOf(article.lines, open) };
  });
}

function same(old: ReadArticle, now: Article): boolean {
  return (
    old.lines.length === now.lines.length &&
    old.lines.every((line, index) => line === now.lines[index]) &&
    old.turn?.id === now.turn?.id &&
    JSON.stringify(old.turn?.who) === JSON.stringify(now.turn?.who)
  );
}
