// What a person's choice means for the report (R3, R5, R6, R9): how an intervention is cited there.
import type { SegmentView, TeamEntry } from "../../../wire.gen";

export type Cited = "named" | "organisation" | "alias" | "nobody" | "left_out";

/**
 * The most careful of what holds: a choice not to be in the report, the Chatham House Rule of the segment as its switch
 * stands, an alias (one's own, or of the person who is substituted), an organisation without a name.
 */
export function cited(entry: TeamEntry, segments: readonly SegmentView[]): Cited {
  if (entry.attribution === "not_for_report") return "left_out";
  if (segments.find(({ id }) => id === entry.segment)?.chatham_house) return "nobody";
  if (entry.protected || entry.attribution === "constituency_region") return "alias";
  return entry.attribution;
}
