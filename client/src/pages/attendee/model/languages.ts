// Which captions a reader gets: a choice that is remembered, else the browser's languages, else what is spoken.

import type { TrackView } from "../../../wire.gen";

const KEY = "isegoria.captions";
const FLOOR = "floor";

export function remembered(): string | null {
  return localStorage.getItem(KEY);
}

export function remember(track: string): void {
  localStorage.setItem(KEY, track);
}

/** The track to read: `asked`, or its language, however the browser is set. Null when the session has no captions. */
export function firstChoice(
  tracks: readonly TrackView[],
  asked: string | null,
  browser: readonly string[],
): string | null {
  const wanted =
    tracks.find(({ track }) => track === asked) ?? inLanguage(tracks, asked === null ? browser : [asked, ...browser]);
  return (wanted ?? tracks.find(({ track }) => track === FLOOR) ?? tracks[0])?.track ?? null;
}

/** The language that was chosen once and is not among those of this session; null when it is, or none was chosen. */
export function notOffered(tracks: readonly TrackView[], asked: string | null): string | null {
  if (asked === null || asked === FLOOR || tracks.length === 0) return null;
  return tracks.some(({ track }) => track === asked) || inLanguage(tracks, [asked]) ? null : asked;
}

/** "العربية": a language as those call it who read it; null for the floor, which may mix them. */
export function ownName({ track, language }: TrackView): string | null {
  if (track === FLOOR) return null;
  const name = new Intl.DisplayNames([language], { type: "language", fallback: "code" }).of(language) ?? language;
  return name.slice(0, 1).toLocaleUpperCase(language) + name.slice(1);
}

function inLanguage(tracks: readonly TrackView[], browser: readonly string[]): TrackView | undefined {
  for (const tag of browser) {
    const found = tracks.find(({ track, language }) => track !== FLOOR && base(language) === base(tag));
    if (found) return found;
  }
  return undefined;
}

function base(tag: string): string | undefined {
  return tag.toLowerCase().split("-")[0];
}
