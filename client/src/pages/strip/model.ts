// What the strip shows: the newest text of one track, rolling. Pure: a state of captions in, lines out.

import { inOrder, type TrackState } from "../../captions";
import type { TrackView, WireCaption } from "../../wire.gen";
import { firstChoice } from "../attendee/model/languages";
import { blocksOf, type Paragraph } from "../attendee/model/text";

const ALIGNMENTS = ["center", "start", "end"] as const;

export interface Options {
  /** As asked for; null: what is spoken. */
  readonly track: string | null;
  readonly lines: number;
  /** Of the letters, in px. */
  readonly size: number;
  readonly align: (typeof ALIGNMENTS)[number];
  readonly colour: string;
}

/** What is not understood of an address is as usual: 2 lines of 48 px, white, in the middle. */
export function optionsOf(query: URLSearchParams, isColour: (word: string) => boolean): Options {
  const colour = query.get("colour") ?? query.get("color") ?? "";
  return {
    track: query.get("track"),
    lines: within(query.get("lines"), 1, 6, 2),
    size: within(query.get("size"), 12, 300, 48),
    align: ALIGNMENTS.find((known) => known === query.get("align")) ?? "center",
    colour: isColour(colour) ? colour : "white",
  };
}

function within(asked: string | null, least: number, most: number, usual: number): number {
  const number = Math.round(Number(asked ?? Number.NaN));
  return Number.isNaN(number) ? usual : Math.min(most, Math.max(least, number));
}

/** The track that was asked for, and no other: a wrong language in the picture is worse than none. */
export function trackOf(tracks: readonly TrackView[], asked: string | null): TrackView | null {
  const name = asked ?? firstChoice(tracks, null, []);
  return tracks.find(({ track }) => track === name) ?? null;
}

/** How long a text stands after its last change, and how late a line may come to be shown at all, in ms. */
export const STANDS = 6_000;
export const LATE = 20_000;

/** How many paragraphs are kept above the newest, out of sight. */
const KEPT = 3;

/** `over`: what was shown and has gone, or came too late to be shown; an open phrase with its revision. */
export interface Rolling {
  readonly over: ReadonlySet<string>;
  readonly lines: readonly WireCaption[];
}

export const BLANK: Rolling = { over: new Set(), lines: [] };

/** With what came: a line is shown while it is news, and from then on until the strip is cleared. */
export function roll(before: Rolling, state: TrackState, isNews: (line: WireCaption) => boolean): Rolling {
  const shown = new Set(before.lines.map(({ id }) => id));
  const over = new Set(before.over);
  const lines: WireCaption[] = [];
  for (const line of inOrder(state)) {
    if (line.status === "gap" || over.has(mark(line)) || state.stale.has(line.id)) continue;
    if (shown.has(line.id) || isNews(line)) lines.push(line);
    else over.add(mark(line));
  }
  return shortened({ over, lines });
}

/** Silence, a lost connection, captions switched off: what stands goes, and does not come again. */
export function cleared(before: Rolling, state: TrackState): Rolling {
  return { over: new Set([...before.over, ...inOrder(state).map(mark)]), lines: [] };
}

export function paragraphsOf({ lines }: Rolling): Paragraph[] {
  return blocksOf(lines).filter((block): block is Paragraph => block.kind === "text");
}

// Only whole paragraphs go, so that no line in sight is broken anew.
function shortened(rolling: Rolling): Rolling {
  const gone = paragraphsOf(rolling).slice(0, -KEPT);
  if (gone.length === 0) return rolling;
  const ids = new Set(gone.flatMap(({ pieces }) => pieces.map(({ id }) => id)));
  const marks = rolling.lines.filter(({ id }) => ids.has(id)).map(mark);
  return { over: new Set([...rolling.over, ...marks]), lines: rolling.lines.filter(({ id }) => !ids.has(id)) };
}

function mark({ id, revision, status }: WireCaption): string {
  return status === "partial" ? `${id}@${revision}` : id;
}
