// The words of an intervention as rows: each line as it was spoken, and the translation that belongs to it by time.
// From rows a passage is chosen; what a quote names are the positions at which its lines were kept at first.
import { inOrder, turnAt, type TrackState } from "../../../captions";
import { isKept } from "../../../team/line";
import type { QuoteView, TrackView, TurnView, WireCaption } from "../../../wire.gen";

export interface Row {
  readonly key: string;
  /** Null where a translation came before anything was heard of the original. */
  readonly line: WireCaption | null;
  readonly translations: readonly WireCaption[];
}

/**
 * Lines during the turns, gaps included: what is not there is part of what was said. The line `open` in an editor stays
 * when it is retracted, with what is typed on it.
 */
export function rowsOf(
  original: TrackState,
  translation: TrackState | null,
  turns: readonly TurnView[],
  open: string | null = null,
): readonly Row[] {
  const spoken = during(original, turns, open).map((line) => ({
    key: line.id,
    line,
    translations: [] as WireCaption[],
  }));
  const before: WireCaption[] = [];
  for (const translated of translation ? during(translation, turns).filter(isSaid) : []) {
    const row = spoken.findLast(({ line }) => line.spoken_at <= translated.spoken_at) ?? spoken[0];
    (row?.translations ?? before).push(translated);
  }
  return before.length > 0 ? [{ key: "before", line: null, translations: before }, ...spoken] : spoken;
}

function during(state: TrackState, turns: readonly TurnView[], open: string | null = null): WireCaption[] {
  const edited = open === null ? undefined : state.kept.get(open);
  const retracted = edited?.status === "retracted" ? [edited] : [];
  const lines = [...inOrder(state), ...retracted].sort((a, b) => a.spoken_at - b.spoken_at);
  const ids = new Set(turns.map(({ id }) => id));
  const first = Math.min(...turns.map((turn) => turn.began_at));
  // The turns around these do not matter: who speaks during none of them is somebody else, or nobody.
  return lines.filter((line) => line.spoken_at >= first && ids.has(turnAt(turns, line.spoken_at)?.id ?? ""));
}

const isSaid = ({ status }: WireCaption): boolean => status !== "gap";

/** Whether lines from before the first turn's beginning may still be missing. */
export function isIncomplete({ older, lines }: TrackState, turns: readonly TurnView[]): boolean {
  const first = turns[0];
  return older && first !== undefined && (lines[0]?.spoken_at ?? Infinity) >= first.began_at;
}

// --- choosing ------------------------------------------------------------------------------------

/** From the line where a choice began to the one where it stands, in any direction. */
export interface Chosen {
  readonly anchor: string;
  readonly head: string;
}

/** The keys of the rows chosen, in their order; none where a row is not there any more. */
export function chosenKeys(rows: readonly Row[], chosen: Chosen | null): readonly string[] {
  if (!chosen) return [];
  const ends = [chosen.anchor, chosen.head].map((key) => rows.findIndex((row) => row.key === key));
  const [from = -1, to = -1] = ends.sort((a, b) => a - b);
  return from < 0 ? [] : rows.slice(from, to + 1).map(({ key }) => key);
}

export interface Span {
  readonly first: number;
  readonly last: number;
}

/** The positions that a quote of these rows names; null where none of them is kept. */
export function spanOf(rows: readonly Row[], keys: readonly string[], state: TrackState): Span | null {
  const kept = rows.filter(({ key }) => keys.includes(key)).flatMap(({ line }) => (isKept(line) ? [line] : []));
  const places = kept.map((line) => state.places.get(line.id) ?? line.position);
  return places.length > 0 ? { first: Math.min(...places), last: Math.max(...places) } : null;
}

// --- quotes --------------------------------------------------------------------------------------

export interface Passage {
  readonly ids: ReadonlySet<string>;
  readonly text: string;
  readonly language: string;
  readonly spokenAt: number;
  /** Whether a machine wrote any of it: then it is no quotation until it is confirmed (R7). */
  readonly machine: boolean;
}

/** What stands between two positions, each line in its newest words; null while its lines are not there. */
export function passageOf(state: TrackState, { first, last }: Pick<QuoteView, "first" | "last">): Passage | null {
  const within = (position: number): boolean => first <= position && position <= last;
  const lines = state.lines.filter(
    (line) => isKept(line) && (within(state.places.get(line.id) ?? line.position) || within(line.position)),
  );
  const [begins] = lines;
  if (!begins) return null;
  return {
    ids: new Set(lines.map(({ id }) => id)),
    text: lines.map(({ text }) => text).join(" "),
    language: begins.language,
    spokenAt: begins.spoken_at,
    machine: lines.some(({ origin }) => origin === "machine"),
  };
}

// --- which tracks --------------------------------------------------------------------------------

const FLOOR = "floor";

/** The track that is as it was spoken: the floor's, else one that is no translation, else the first. */
export function originalOf(tracks: readonly TrackView[]): TrackView | null {
  return (
    tracks.find(({ track }) => track === FLOOR) ??
    tracks.find(({ is_translation: translated }) => !translated) ??
    tracks[0] ??
    null
  );
}

/** The track beside it: as asked ("" for none), else in the page's language, else the first there is. */
export function besideOf(tracks: readonly TrackView[], asked: string | null, language: string): TrackView | null {
  const original = originalOf(tracks);
  const others = tracks.filter(({ track }) => track !== original?.track);
  if (asked === "") return null;
  return (
    others.find(({ track }) => track === asked) ??
    others.find((track) => track.language.split("-")[0] === language) ??
    others[0] ??
    null
  );
}

/** What is followed: those two, and what quotes are taken from, as many as can be had at once. */
export function followed(shown: readonly (TrackView | null)[], quotes: readonly QuoteView[]): readonly string[] {
  const wanted = [...shown.flatMap((track) => track?.track ?? []), ...quotes.map(({ track }) => track)];
  return [...new Set(wanted)].slice(0, AT_ONCE);
}

const AT_ONCE = 4;
