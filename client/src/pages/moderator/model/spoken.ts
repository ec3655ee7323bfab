// The language that is spoken. Machine interpretation is told it by hand: when the speakers' language changes, captions
// break until somebody changes it there, too. So the console says it in time, and keeps what was set.
import { turnClock } from "../../../floor";
import type { Label, TeamEntry, TeamView } from "../../../wire.gen";
import { nextEntries } from "./may";

export interface LanguageNotice {
  /** `next`: the one who comes next; `soon`: the same, within half a minute; `now`: the one who has the floor. */
  readonly when: "next" | "soon" | "now";
  readonly entry: string;
  readonly who: Label;
  readonly language: string;
}

const SOON = 30_000;

/** What has to be switched, and for whom; null while it is right, or where nobody reads captions. */
export function languageNotice(view: TeamView, now: number): LanguageNotice | null {
  if (view.tracks.length === 0 || view.state === "closed") return null;
  const next = nextEntries(view)[0];
  const speaking = view.entries.find((entry) => entry.id === view.floor?.entry);
  const soon = endsSoon(view, now);
  if (speaking && !isSet(view, speaking)) {
    const switchedAhead = soon && next !== undefined && next.spoken_language !== null && isSet(view, next);
    return switchedAhead ? null : notice("now", speaking);
  }
  return next && !isSet(view, next) ? notice(soon ? "soon" : "next", next) : null;
}

/** The last half minute of a turn, and the time between two turns. */
function endsSoon({ state, floor, modalities }: TeamView, now: number): boolean {
  return floor === null ? state === "live" : turnClock(floor, modalities.warnings, now).left <= SOON;
}

/** Whether the language that is set suits whoever speaks; what somebody speaks may not be known. */
function isSet({ spoken_language: set }: TeamView, { spoken_language: wanted }: TeamEntry): boolean {
  return wanted === null || (set !== null && sameLanguage(set, wanted));
}

const notice = (when: LanguageNotice["when"], entry: TeamEntry): LanguageNotice => ({
  when,
  entry: entry.id,
  who: entry.who,
  language: entry.spoken_language ?? "",
});

/** Whether two tags are of one language, wherever it is spoken. */
export const sameLanguage = (one: string, other: string): boolean => base(one) === base(other);

const base = (tag: string): string | undefined => tag.toLowerCase().split("-")[0];

/** The languages that may be spoken: the session's own, those of who asked for the floor, and what is set. */
export function spokenChoices(view: TeamView): readonly string[] {
  const asked = view.entries.flatMap((entry) => entry.spoken_language ?? []);
  return [...new Set([...view.spoken_languages, ...asked, ...(view.spoken_language ? [view.spoken_language] : [])])];
}
