// A gist while it is written. What was typed is kept until the server has acknowledged it, whatever happens meanwhile:
// nothing here forgets a text on its own. Two who write at once see each other's words and choose (Q7).
import type { WordsView } from "../../../wire.gen";

/** A text that the server does not have yet. `after`: the gist that it was written after; null: there was none. */
export interface Draft {
  readonly text: string;
  readonly after: string | null;
}

/** What the field shows, and what is true of it. */
export interface Field {
  readonly text: string;
  readonly state: "none" | "saved" | "typed" | "empty" | "overtaken";
}

export function fieldOf(draft: Draft | null, stored: WordsView | null): Field {
  if (!draft) return { text: stored?.text ?? "", state: stored ? "saved" : "none" };
  if (isOvertaken(draft, stored)) return { text: draft.text, state: "overtaken" };
  return { text: draft.text, state: draft.text.trim() === "" ? "empty" : "typed" };
}

/** The draft after a key was pressed; none where the text is the stored one again. */
export function typed(draft: Draft | null, stored: WordsView | null, text: string): Draft | null {
  const after = draft ? draft.after : (stored?.annotation ?? null);
  return text === (stored?.text ?? "") && after === (stored?.annotation ?? null) ? null : { text, after };
}

/** What is left of a draft when the server has taken `sent` as the gist `annotation`. */
export function acknowledged(draft: Draft | null, sent: Draft, annotation: string): Draft | null {
  return !draft || draft.text === sent.text ? null : { text: draft.text, after: annotation };
}

/**
 * Whether somebody wrote another text since the one on which the draft stands. An older gist than that is news that has
 * not come yet, and one that says the same is no other.
 */
export function isOvertaken(draft: Draft, stored: WordsView | null): boolean {
  if (!stored || stored.annotation === draft.after) return false;
  return versionOf(stored.annotation) > versionOf(draft.after) && stored.text?.trim() !== draft.text.trim();
}

/** The draft as written after what is stored now: to go over it knowingly, or because it says the same. */
export const rebased = (draft: Draft, stored: WordsView | null): Draft => ({
  ...draft,
  after: stored?.annotation ?? null,
});

/** The last gist of an intervention whose words this page knows. `read`: they came from the server. */
export interface Known {
  readonly gist: WordsView;
  readonly read: boolean;
}

/**
 * The gist to go by. News of a text comes before the text: until both are there the last known words stand, so that no
 * field is empty for a moment and nobody writes after words that they have not seen. `version`: of the view with
 * `stored`. A text that was there and is gone was erased.
 */
export function current(stored: WordsView | null, known: Known | null, version: number): WordsView | null {
  if (!known) return stored;
  if (versionOf(known.gist.annotation) > version) return known.gist;
  if (!stored || stored.text !== null) return stored;
  if (stored.annotation === known.gist.annotation) return known.read ? stored : known.gist;
  return known.gist;
}

/** Annotations are numbered by the decision that made them; that of an acknowledged one is told as its version. */
export const annotationOf = (version: number): string => `a${version}`;
export const isLater = (one: string, other: string): boolean => versionOf(one) > versionOf(other);
const versionOf = (annotation: string | null): number => Number(annotation?.slice(1) ?? 0);
