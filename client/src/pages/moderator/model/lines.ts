// The newest lines of a track as they are corrected: finals, what became of them, and what they said before.
import type { Pages, TrackState } from "../../../captions";
import type { WireCaption } from "../../../wire.gen";

/** So many of the newest are shown. */
export const NEWEST = 30;

/** A line that stands in the transcript: only such can be corrected. */
export type Kept = WireCaption & { readonly position: number };

/** The newest kept lines, newest first; retracted ones too, as they are part of the trail. */
export function newestLines(state: TrackState): readonly Kept[] {
  const lines = [...state.kept.values()].filter(isKept);
  return lines.sort((a, b) => b.spoken_at - a.spoken_at || b.position - a.position).slice(0, NEWEST);
}

export const isKept = (line: WireCaption): line is Kept => line.position !== null && line.status !== "gap";

/** The newest line that can be corrected; null when nothing is kept yet. */
export function newestKept(state: TrackState): Kept | null {
  return state.lines.findLast(isKept) ?? null;
}

/** What became of a line: changed by a person, by its feed, or not at all. */
export type Fate = "said" | "corrected" | "corrected_by_feed" | "retracted" | "retracted_by_feed";

export function fate({ status, by }: WireCaption): Fate {
  if (status === "retracted") return by === null ? "retracted_by_feed" : "retracted";
  if (status === "corrected") return by === null ? "corrected_by_feed" : "corrected";
  return "said";
}

/**
 * What a line said before, oldest first. Reads older pages until it finds the line as it was said first; rejects when
 * they cannot be had.
 */
export async function earlier(page: Pages, track: string, line: Kept): Promise<readonly WireCaption[]> {
  const found: WireCaption[] = [];
  let before = line.position;
  while (!found.some((one) => one.status === "final")) {
    const { segments } = await page(track, before);
    const positions = segments.flatMap((segment) => segment.position ?? []);
    if (positions.length === 0) break;
    found.push(...segments.filter((one) => one.id === line.id && one.revision < line.revision));
    before = Math.min(...positions);
  }
  return found.sort((a, b) => a.revision - b.revision);
}

/** What an editor of a line knows: what its text was based on, and what the line has become since. */
export interface Draft {
  readonly base: Kept;
  readonly text: string;
}

/** Whether somebody, or the feed, changed the line after the editor was opened. */
export const isOvertaken = (draft: Draft, present: WireCaption): boolean => present.revision > draft.base.revision;

/** Whether there is something to save. */
export const isChanged = ({ base, text }: Draft): boolean => text.trim() !== "" && text.trim() !== base.text;
