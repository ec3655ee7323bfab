// The newest lines of a track as they are corrected: finals, what became of them, and what they said before.
import type { Pages, TrackState } from "../../../captions";
import { isKept, type Kept } from "../../../team/line";
import type { WireCaption } from "../../../wire.gen";

/** So many of the newest are shown. */
export const NEWEST = 30;

/** The newest kept lines, newest first; retracted ones too, as they are part of the trail. */
export function newestLines(state: TrackState): readonly Kept[] {
  const lines = [...state.kept.values()].filter(isKept);
  return lines.sort((a, b) => b.spoken_at - a.spoken_at || b.position - a.position).slice(0, NEWEST);
}

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
