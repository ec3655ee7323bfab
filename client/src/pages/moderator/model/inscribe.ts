// Putting somebody on the list: which segments can be chosen, and the command that follows.
import type { Command, EntryKind, SegmentView, TeamView } from "../../../wire.gen";

/** The running segment and those that come: nobody is inscribed for one that is over. */
export function openSegments(view: TeamView): readonly SegmentView[] {
  const at = view.segments.findIndex((s) => s.id === view.segment);
  return view.segments.slice(Math.max(0, at));
}

/** Where a statement most likely belongs: the running topic, or the first that comes. */
export function likelySegment(view: TeamView): string {
  const open = openSegments(view);
  return (open.find((s) => s.kind === "topic" || s.kind === "reactions") ?? open[0])?.id ?? "";
}

const SHORTEST = 15_000;
const LONGEST = 3_600_000;

/** "2:40" as ms; null when it is no length that a video may have. */
export function videoLength(text: string): number | null {
  const [, minutes, seconds] = /^\s*(\d{1,2}):([0-5]\d)\s*$/u.exec(text) ?? [];
  if (minutes === undefined || seconds === undefined) return null;
  const length = (Number(minutes) * 60 + Number(seconds)) * 1_000;
  return length >= SHORTEST && length <= LONGEST ? length : null;
}

export interface Inscription {
  readonly person: string;
  readonly segment: string;
  readonly kind: EntryKind;
  readonly video: number | null;
  readonly onBehalfOf: readonly string[];
}

export function inscribe({ person, segment, kind, video, onBehalfOf }: Inscription): Command {
  const delivery = video === null ? "live" : "video";
  return { type: "inscribe", person, segment, kind, on_behalf_of: onBehalfOf, delivery, video };
}
