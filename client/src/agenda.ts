// The parts of the agenda by name, the same on every page: topics are numbered from 1, other parts are not.

import { t } from "./i18n";
import type { SegmentView } from "./wire.gen";

/** "2 · Current challenges"; as it stands where the title is numbered already. */
export function segmentName(segments: readonly SegmentView[], segment: SegmentView): string {
  const number = topicNumber(segments, segment);
  return number === null || /^\d/u.test(segment.title) ? segment.title : `${number} · ${segment.title}`;
}

/** The same by id; empty where there is no such part. */
export function nameOfSegment(segments: readonly SegmentView[], id: string | null): string {
  const found = segments.find((segment) => segment.id === id);
  return found ? segmentName(segments, found) : "";
}

/** "Topic 2 of 4 · Current challenges"; a part that is no topic by its title alone. */
export function placeInAgenda(segments: readonly SegmentView[], segment: SegmentView): string {
  const number = topicNumber(segments, segment);
  if (number === null) return segment.title;
  return t("agenda.topic", { n: number, total: topicsOf(segments).length, title: segment.title });
}

/** "Topic 2", where a line has no room for its title. */
export function shortName(segments: readonly SegmentView[], id: string): string {
  const found = segments.find((segment) => segment.id === id);
  const number = found ? topicNumber(segments, found) : null;
  return number === null ? (found?.title ?? "") : t("agenda.topic_short", { n: number });
}

function topicNumber(segments: readonly SegmentView[], segment: SegmentView): number | null {
  return topicsOf(segments).indexOf(segment) + 1 || null;
}

function topicsOf(segments: readonly SegmentView[]): SegmentView[] {
  return segments.filter(({ kind }) => kind === "topic");
}
