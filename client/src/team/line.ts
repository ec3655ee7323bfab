// A line of the captions as the team corrects it.
import type { WireCaption } from "../wire.gen";

/** A line that stands in the transcript: only such can be quoted or corrected. */
export type Kept = WireCaption & { readonly position: number };

/** Neither a phrase that may still change, nor a hole. */
export const isKept = (line: WireCaption | null): line is Kept =>
  line !== null && line.position !== null && line.status !== "gap";

/** What an editor of a line knows: what its text was based on, and what the line has become since. */
export interface Draft {
  readonly base: Kept;
  readonly text: string;
}

/** Whether somebody, or the feed, changed the line after the editor was opened. */
export const isOvertaken = (draft: Draft, present: WireCaption): boolean => present.revision > draft.base.revision;

/** Whether there is something to save. */
export const isChanged = ({ base, text }: Draft): boolean => text.trim() !== "" && text.trim() !== base.text;
