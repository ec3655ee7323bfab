import { t } from "../../i18n";
import { languageName } from "../../people";
import type { FeedView } from "../../wire.gen";

/** What readers choose: a language, or what is said as it is spoken. */
export const trackName = (track: string): string =>
  track === "floor" ? t("moderator.feeds.floor") : languageName(track);

/** The tracks that a feed is for. */
export const tracksOf = (feed: FeedView): string => feed.tracks.map(trackName).join(", ");

/** What the organiser called it; nothing where that only repeats its track. */
export function ownName(feed: FeedView): string | null {
  const tracks = tracksOf(feed).toLowerCase();
  return feed.name.toLowerCase() === tracks ? null : feed.name;
}

/** "Spanish, Written interpretation"; undefined for no feed. */
export function feedName(feed: FeedView | undefined): string | undefined {
  return feed && [tracksOf(feed), ownName(feed)].filter(Boolean).join(", ");
}
