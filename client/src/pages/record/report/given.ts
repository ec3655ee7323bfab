// What was given out, as it is listed.
import type { ExportView } from "../../../wire.gen";

export const FILTERS = ["all", "publishable", "internal", "recall"] as const;
export type Filter = (typeof FILTERS)[number];

/** The newest first. */
export function chosen(exports: readonly ExportView[], filter: Filter): readonly ExportView[] {
  const wanted = (one: ExportView): boolean =>
    filter === "all" || (filter === "recall" ? one.recall : one.tier === filter);
  return exports.filter(wanted).toReversed();
}

/** Enough of a hash to tell two files apart by eye. */
export function shortOf(digest: string): string {
  return (digest.slice(0, 12).match(/.{4}/gu) ?? []).join(" ");
}
