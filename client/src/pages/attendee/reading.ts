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
import { blocksOf, madeOf, type Block, type Made } from "./model/text";

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
    effect(() => {
      if (props.connection.link.value.state === "live") this.#unreachable.value = false;
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
    const ago = connection.clock.real.value - this.#heardAt.value;
    const open = this.state.value.partials.length > 0;
    const muted = this.track.value?.muted ?? false;
    return tailOf(connection.link.value, view.value, { ago, open, muted }, now);
  });

  /** How what is read here was made; as the track is set up while there is nothing. */
  readonly made: ReadonlySignal<ReadonlySet<Made>> = computed(() => {
    const track = this.track.value;
    const made = new Set(this.state.value.lines.filter(({ status }) => status !== "gap").map(madeOf));
    if (made.size > 0 || !track) return made;
    return new Set([madeOf({ ...track, origin: track.machine ? "machine" : "human" })]);
  });

  /** The language that was chosen at another session and is not offered at this one. */
  readonly notOffered: ReadonlySignal<string | null> = computed(() =>
    languages.notOffered(this.#props.view.value.tracks, this.#asked.value),
  );

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
}

/** The articles as they are now; those that did not change are the same objects, and need not be drawn again. */
export function settled(
  before: readonly ReadArticle[],
  now: readonly Article[],
  state: Pick<TrackState, "partials" | "stale">,
): ReadArticle[] {
  const known = new Map(before.map((article) => [article.key, article]));
  const open = new Set(state.partials.map(({ id }) => id).filter((id) => !state.stale.has(id)));
  return now.map((article) => {
    const old = known.get(article.key);
    if (old && same(old, article, open)) return old;
    return { ...article, blocks: kept(old?.blocks ?? [], blocksOf(article.lines, open)) };
  });
}

function same(old: ReadArticle, now: Article, open: ReadonlySet<string>): boolean {
  const wasOpen = old.blocks.flatMap((block) => (block.kind === "text" ? block.pieces.filter((one) => one.open) : []));
  return (
    wasOpen.every(({ id }) => open.has(id)) &&
    now.lines.filter(({ id }) => open.has(id)).length === wasOpen.length &&
    old.lines.length === now.lines.length &&
    old.lines.every((line, index) => line === now.lines[index]) &&
    old.turn?.id === now.turn?.id &&
    JSON.stringify(old.turn?.who) === JSON.stringify(now.turn?.who)
  );
}

// In a session without turns there is one article of two hours: only its last paragraphs change.
function kept(before: readonly Block[], now: readonly Block[]): Block[] {
  const known = new Map(before.map((block) => [block.key, block]));
  return now.map((block) => {
    const old = known.get(block.key);
    return old && sameBlock(old, block) ? old : block;
  });
}

function sameBlock(old: Block, now: Block): boolean {
  if (old.kind === "gap" || now.kind === "gap") return JSON.stringify(old) === JSON.stringify(now);
  return (
    old.made === now.made &&
    old.pieces.length === now.pieces.length &&
    old.pieces.every(({ text, open }, n) => text === now.pieces[n]?.text && open === now.pieces[n].open)
  );
}
