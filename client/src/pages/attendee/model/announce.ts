// What is read out to who asked for it: finals, each once, none that was there before.

import type { TrackState } from "../../../captions";
import type { WireCaption } from "../../../wire.gen";

export interface Told {
  /** Where the track stood when its reader asked; null until it stands somewhere. */
  readonly from: number | null;
  readonly ids: ReadonlySet<string>;
}

export const NOTHING_TOLD: Told = { from: null, ids: new Set() };

/** What is to be read out now. Older pages are no news, nor is what was there when the reader came to this track. */
export function newsIn(state: TrackState, told: Told): { readonly news: readonly WireCaption[]; readonly told: Told } {
  const ids = new Set([...told.ids, ...state.lines.map(({ id }) => id)]);
  // a position before the first: the track has begun afresh
  const begins = told.from === null || (state.position !== null && state.position < told.from);
  if (begins) return { news: [], told: { from: state.position, ids } };
  const isNews = ({ id, status, position }: WireCaption) =>
    status === "final" && !told.ids.has(id) && (position ?? Infinity) > (told.from ?? Infinity);
  return { news: state.lines.filter(isNews), told: { from: told.from, ids } };
}
