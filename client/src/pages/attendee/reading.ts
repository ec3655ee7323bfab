// What one reader reads: the chosen track as text, how it looks, and what is to be said below it.

import { computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { articlesOf, captionsOf, EMPTY, pagesOf, type Article, type TrackState } from "../../captions";
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

export interface Reading {
  readonly track: ReadonlySignal<TrackView | null>;
  readonly state: ReadonlySignal<TrackState>;
  readonly articles: ReadonlySignal<readonly ReadArticle[]>;
  readonly tail: ReadonlySignal<Tail | null>;
  readonly display: ReadonlySignal<displays.Display>;
  /** What is looked for; null while finding is closed. */
  readonly wanted: Signal<string | null>;
  readonly found: ReadonlySignal<Found>;
  /** Older lines could not be had at the last attempt. */
  readonly unreachable: ReadonlySignal<boolean>;
  readonly read: (track: string) => void;
  readonly show: (display: displays.Display) => void;
  /** Fetches a page of older lines; false when there is none, or none to be had now. */
  readonly older: () => Promise<boolean>;
  /** Fetches all older lines that can be had. */
  readonly all: () => Promise<void>;
}

export function readingOf({ view, connection, session, token }: PageProps): Reading {
  const captions = captionsOf(connection, pagesOf(session, token));
  const asked = signal(languages.remembered());
  const display = signal(displays.remembered());
  const wanted = signal<string | null>(null);
  const unreachable = signal(false);
  const heardAt = signal(performance.now());

  const name = computed(() => languages.firstChoice(view.value.tracks, asked.value, navigator.languages));
  const track = computed(() => view.value.tracks.find((one) => one.track === name.value) ?? null);
  const state = computed(() => (name.value === null ? EMPTY : captions.track(name.value).value));
  effect(() => captions.choose(name.value === null ? [] : [name.value]));
  effect(() => {
    if (state.value) heardAt.value = performance.now();
  });

  let before: readonly ReadArticle[] = [];
  const articles = computed(() => (before = settled(before, articlesOf(state.value, view.value.turns), state.value)));

  const older = async (): Promise<boolean> => {
    const asking = name.peek();
    if (asking === null) return false;
    try {
      const more = await captions.older(asking);
      unreachable.value = false;
      return more;
    } catch {
      unreachable.value = true;
      return false;
    }
  };

  return {
    track,
    state,
    articles,
    display,
    wanted,
    unreachable,
    older,
    tail: computed(() => {
      const now = connection.clock.second.value;
      const heard = { ago: performance.now() - heardAt.value, open: state.value.partials.length > 0 };
      return tailOf(connection.link.value, view.value, heard, now);
    }),
    found: computed(() =>
      wanted.value ? find(articles.value.flatMap(({ blocks }) => blocks), wanted.value) : NOTHING,
    ),
    read(chosen) {
      languages.remember(chosen);
      asked.value = chosen;
    },
    show(chosen) {
      displays.remember(chosen);
      if (chosen.colours !== display.peek().colours) chooseTheme(displays.THEMES[chosen.colours]);
      display.value = chosen;
    },
    async all() {
      while (await older());
    },
  };
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
