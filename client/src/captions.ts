// Captions as readers hold them: frames in, lines out. Pure functions on a track's state first, then the store that
// asks the server again after a hole. Here lives nothing that shows anything; instants are session time.
//
//   const captions = captionsOf(connection, pagesOf(session, token));   // one for a page
//   captions.choose(["es"]);                                            // which tracks to follow, from now on
//   latest(captions.track("es").value);                                 // the newest line
//   articlesOf(captions.track("es").value, view.turns);                 // all lines, under who spoke
import { effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Connection } from "./connection";
import type { CaptionsFrame, FollowDone, FollowRequest, Refusal, TurnView, WireCaption } from "./wire.gen";

/** What is known of one track. `position` is null until the first frame; up to it nothing stored is missing. */
export interface TrackState {
  readonly position: number | null;
  /** Older lines than these can be had, before this position. */
  readonly oldest: number;
  readonly older: boolean;
  /** What was said, in the order of speaking, each in its newest revision; gaps too, retracted ones not. */
  readonly lines: readonly WireCaption[];
  /** Phrases that may still change, in the order of speaking. */
  readonly partials: readonly WireCaption[];
  /** Partials from before the connection was lost, not heard of since. */
  readonly stale: ReadonlySet<string>;
  /** The last frame left a hole: `follow` has to be asked again. */
  readonly missed: boolean;
  /** The session is not live, and nothing of this is kept. */
  readonly test: boolean;
  readonly kept: ReadonlyMap<string, WireCaption>;
  /** Where each was kept at first: a correction, which is kept later, stays in the place of what it corrects. */
  readonly places: ReadonlyMap<string, number>;
}

export const EMPTY: TrackState = {
  position: null,
  oldest: 0,
  older: false,
  lines: [],
  partials: [],
  stale: new Set(),
  missed: false,
  test: false,
  kept: new Map(),
  places: new Map(),
};

/** The state after a frame. Of a frame beyond a hole only what has no position is taken: the rest comes again. */
export function receive(before: TrackState, frame: CaptionsFrame): TrackState {
  const state = before.test && !frame.test ? EMPTY : before;
  const position = state.position ?? frame.after;
  const whole = frame.after <= position;
  const taken = whole ? frame.segments : frame.segments.filter((segment) => segment.position === null);
  const first = state.position === null;
  return {
    ...merge({ ...state, older: first ? frame.more : state.older }, taken),
    position: whole ? Math.max(position, frame.position) : position,
    oldest: first ? frame.after : state.oldest,
    missed: !whole,
    test: frame.test,
  };
}

/** The state with a page of older lines in front; an empty page says that there are none. */
export function addPage(state: TrackState, { segments }: OlderPage): TrackState {
  const oldest = Math.min(state.oldest, ...segments.map(({ position }) => (position ?? Infinity) - 1));
  const older = segments.length > 0 && oldest > 0;
  const merged = merge({ ...state, older }, segments);
  return { ...merged, oldest, lines: listed({ ...merged, older }) };
}

/** After a lost connection: an open phrase counts as live again only when it is heard of again. */
export function markStale(state: TrackState): TrackState {
  return { ...state, stale: new Set(state.partials.map((partial) => partial.id)) };
}

/** The newest line that has text, open phrases included; null when nothing was said. */
export function latest(state: TrackState): WireCaption | null {
  const said = state.lines.findLast((line) => line.status !== "gap");
  const open = state.partials.at(-1);
  return open && (!said || bySpeech(said, open) < 0) ? open : (said ?? null);
}

// A higher revision replaces, even when it is shorter; what is final is never open again, however late a partial comes.
function merge(state: TrackState, segments: readonly WireCaption[]): TrackState {
  const kept = new Map(state.kept);
  const places = new Map(state.places);
  const open = new Map(state.partials.map((partial) => [partial.id, partial]));
  const stale = new Set(state.stale);
  for (const segment of segments) {
    if (segment.status === "partial") mergePartial(kept, open, stale, segment);
    else if (segment.status === "retracted" && segment.position === null) takeBack(kept, open, segment);
    else mergeKept(kept, open, segment);
    if (segment.position !== null)
      places.set(segment.id, Math.min(places.get(segment.id) ?? Infinity, segment.position));
    dropStale(open, stale, segment);
  }
  const changed = kept.size !== state.kept.size || segments.some((segment) => segment.status !== "partial");
  return {
    ...state,
    kept: changed ? kept : state.kept,
    places: changed ? places : state.places,
    lines: changed ? listed({ kept, places, older: state.older }) : state.lines,
    partials: [...open.values()].sort(bySpeech),
    stale,
  };
}

// While older lines are still to be had, a correction of one of them waits until those around it are there.
function listed({ kept, places, older }: Pick<TrackState, "kept" | "places" | "older">): WireCaption[] {
  const place = ({ id }: WireCaption) => places.get(id) ?? Infinity;
  const inOrder = (a: WireCaption, b: WireCaption) =>
    a.spoken_at - b.spoken_at || Number(place(a) > place(b)) - Number(place(a) < place(b)) || bySpeech(a, b);
  const lines = [...kept.values()].filter((line) => line.status !== "retracted").sort(inOrder);
  const first = older ? lines.findIndex((line) => line.status !== "corrected") : 0;
  return first > 0 ? lines.slice(first) : lines;
}

type Lines = Map<string, WireCaption>;

function mergePartial(kept: Lines, open: Lines, stale: Set<string>, segment: WireCaption): void {
  const known = open.get(segment.id);
  if (kept.has(segment.id) || (known && known.revision > segment.revision)) return;
  open.set(segment.id, segment);
  stale.delete(segment.id);
}

function mergeKept(kept: Lines, open: Lines, segment: WireCaption): void {
  const known = kept.get(segment.id);
  if (known && known.revision >= segment.revision) return;
  kept.set(segment.id, segment);
  open.delete(segment.id);
  if (segment.reason === "interrupted" || segment.reason === "muted") forgetOpen(open, segment.ends_at ?? Infinity);
}

// A phrase that was only shown goes, and leaves no trace: its final may still come. What is stored stays.
function takeBack(kept: Lines, open: Lines, segment: WireCaption): void {
  const shown = kept.get(segment.id);
  if ((open.get(segment.id)?.revision ?? Infinity) <= segment.revision) open.delete(segment.id);
  if (shown && shown.position === null && shown.revision < segment.revision) kept.delete(segment.id);
}

// Whoever held the open phrase is gone: either it comes again as a final, or never.
function forgetOpen(open: Lines, until: number): void {
  for (const partial of open.values()) if (partial.spoken_at <= until) open.delete(partial.id);
}

function dropStale(open: Lines, stale: Set<string>, newer: WireCaption): void {
  for (const id of stale) {
    const partial = open.get(id);
    if (partial && partial.spoken_at >= newer.spoken_at) continue;
    open.delete(id);
    stale.delete(id);
  }
}

// By the time of speaking, so that a late line stands under its own speaker; else in the order of the track.
function bySpeech(a: WireCaption, b: WireCaption): number {
  return a.spoken_at - b.spoken_at || (a.position ?? Infinity) - (b.position ?? Infinity) || a.id.localeCompare(b.id);
}

// --- under whom ----------------------------------------------------------------------------------

/** The turn during which something was said; null between turns. The server's rule, `turn_at`. */
export function turnAt(turns: readonly TurnView[], spokenAt: number): TurnView | null {
  const during = (turn: TurnView) =>
    turn.began_at <= spokenAt && (turn.ended_at === null || spokenAt < turn.ended_at);
  return turns.findLast(during) ?? null;
}

/** Consecutive lines of one turn, or of nobody's. */
export interface Article {
  readonly key: string;
  readonly turn: TurnView | null;
  readonly lines: readonly WireCaption[];
}

/** All lines, open phrases included, put under the turns during which they were spoken. */
export function articlesOf(state: TrackState, turns: readonly TurnView[]): Article[] {
  const articles: (Article & { lines: WireCaption[] })[] = [];
  for (const line of inOrder(state)) {
    const turn = turnAt(turns, line.spoken_at);
    const last = articles.at(-1);
    if (last && last.turn?.id === turn?.id) last.lines.push(line);
    else articles.push({ key: turn?.id ?? `between ${line.id}`, turn, lines: [line] });
  }
  return articles;
}

/** All lines, open phrases included, in the order of speaking. */
export function inOrder(state: TrackState): readonly WireCaption[] {
  const newest = state.lines.at(-1);
  const first = state.partials[0];
  if (!first) return state.lines;
  const all = [...state.lines, ...state.partials];
  return newest && bySpeech(newest, first) > 0 ? all.sort(bySpeech) : all;
}

// --- the store ---------------------------------------------------------------------------------

/** How the store asks. Both may reject, or never answer while there is no connection. */
export interface Source {
  readonly follow: (request: FollowRequest) => Promise<FollowDone | Refusal>;
  readonly page: Pages;
}

/** The lines before a position of a track: as many as are given at once, the newest of them, oldest first. */
export type Pages = (track: string, before: number) => Promise<OlderPage>;
export type OlderPage = Pick<CaptionsFrame, "segments">;

/** Milliseconds before the same is asked again, when the answer did not help or did not come. */
export const PATIENCE = 1_000;

/** The captions that come over a page's connection. */
export function captionsOf(connection: Connection, page: Pages): Captions {
  const captions = new Captions({ follow: (request) => connection.follow(request), page });
  let epoch: string | undefined;
  connection.onCaptions((frame) => captions.receive(frame));
  effect(() => (connection.link.value.state === "live" ? captions.resume() : captions.lost()));
  effect(() => {
    const now = connection.view.value?.epoch;
    if (now !== undefined && epoch !== undefined && now !== epoch) captions.restart();
    epoch = now ?? epoch;
  });
  return captions;
}

/** Older lines by HTTP, with the link's token. */
export function pagesOf(session: string, token: string): Pages {
  return async (track, before) => {
    const path = `/api/sessions/${encodeURIComponent(session)}/captions/${encodeURIComponent(track)}`;
    const answer = await fetch(`${path}?before=${before}`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`older captions: ${answer.status}`);
    return (await answer.json()) as OlderPage;
  };
}

export class Captions {
  readonly #source: Source;
  readonly #tracks = new Map<string, Signal<TrackState>>();
  readonly #pages = new Map<string, Promise<boolean>>();
  #chosen: readonly string[] = [];
  #live = false;
  #epoch = 0;
  #question = 0;
  #asking = false;
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(source: Source) {
    this.#source = source;
  }

  /** A track's state; empty for one that was never followed. */
  track(name: string): ReadonlySignal<TrackState> {
    return this.#track(name);
  }

  /** Follow these tracks instead of any others; what is known of the others stays. */
  choose(tracks: readonly string[]): void {
    this.#chosen = tracks;
    void this.#ask();
  }

  /** Every frame, in whatever order, however often. */
  receive(frame: CaptionsFrame): void {
    const state = this.#track(frame.track);
    state.value = receive(state.peek(), frame);
    if (state.peek().missed && !this.#asking && this.#chosen.includes(frame.track)) void this.#ask();
  }

  /** The connection is there, at first or again: what was missed is asked for. */
  resume(): void {
    this.#live = true;
    void this.#ask();
  }

  /** The connection is lost. */
  lost(): void {
    this.#live = false;
    this.#question += 1;
    this.#asking = false;
    clearTimeout(this.#later);
    for (const state of this.#tracks.values()) state.value = markStale(state.peek());
  }

  /** A new epoch: all is forgotten and asked afresh. */
  restart(): void {
    this.#epoch += 1;
    for (const state of this.#tracks.values()) state.value = EMPTY;
    void this.#ask();
  }

  /** Fetches the page before the oldest line; false when there is none. Rejects when it cannot be had. */
  older(name: string): Promise<boolean> {
    const running = this.#pages.get(name) ?? this.#fetchPage(name).finally(() => this.#pages.delete(name));
    this.#pages.set(name, running);
    return running;
  }

  // One question at a time. Its answer's frames come with it; a hole that is still there after a while is asked again.
  async #ask(): Promise<void> {
    clearTimeout(this.#later);
    if (!this.#live || this.#chosen.length === 0) return;
    const mine = ++this.#question;
    this.#asking = true;
    const request = { tracks: this.#chosen, since: this.#since() };
    const answer = await this.#source.follow(request).catch(() => null);
    if (mine !== this.#question) return;
    const again = answer === null || (!answer.ok && answer.error.retry);
    this.#later = setTimeout(() => {
      this.#asking = false;
      if (again || this.#holes()) void this.#ask();
    }, PATIENCE);
  }

  async #fetchPage(name: string): Promise<boolean> {
    const state = this.#track(name);
    const asked = this.#epoch;
    if (!state.peek().older) return false;
    const page = await this.#source.page(name, state.peek().oldest + 1);
    if (asked === this.#epoch) state.value = addPage(state.peek(), page);
    return true;
  }

  #since(): Record<string, number> {
    const positions = this.#chosen.map((name) => [name, this.#track(name).peek().position] as const);
    return Object.fromEntries(positions.filter((known): known is [string, number] => known[1] !== null));
  }

  #holes(): boolean {
    return this.#chosen.some((name) => this.#track(name).peek().missed);
  }

  #track(name: string): Signal<TrackState> {
    const known = this.#tracks.get(name) ?? signal(EMPTY);
    this.#tracks.set(name, known);
    return known;
  }
}
