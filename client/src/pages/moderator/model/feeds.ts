// The caption feeds as lines: how each stands, in words and a shape, and what may be done with it.
import type { Tone } from "../../../components/Chip";
import type { ShapeName } from "../../../components/Shape";
import type { FeedView, StatusView, TrackView } from "../../../wire.gen";
import type { Say, Writing } from "./say";
import { say } from "./say";

export interface FeedStanding {
  readonly tone: Tone | undefined;
  readonly shape: ShapeName;
  readonly say: Say;
}

/** Feeds in the order of the tracks that readers choose from, of each track the source first. */
export function inOrder(feeds: readonly FeedView[], tracks: readonly TrackView[]): readonly FeedView[] {
  const place = (feed: FeedView): number => {
    const found = tracks.findIndex((track) => feed.tracks.includes(track.track));
    return (found < 0 ? tracks.length : found) * 2 + (feed.source ? 0 : 1);
  };
  return [...feeds].sort((a, b) => place(a) - place(b));
}

/** What comes first is what has to be known first: a link that fails, then who is heard, then whether anything comes. */
export function feedStanding(feed: FeedView, status: StatusView, w: Writing): FeedStanding {
  if (feed.link === "refused") return { tone: "stop", shape: "cross", say: say("moderator.feeds.refused") };
  if (feed.link === "connecting") return { tone: "warn", shape: "ring", say: say("moderator.feeds.connecting") };
  if (!feed.source) return standby(feed, status);
  switch (feed.state) {
    case "ok":
      return { tone: "go", shape: "dot", say: say("moderator.feeds.ok") };
    case "silent":
      return { tone: "warn", shape: "quarter", say: say("moderator.feeds.silent", { time: silence(feed, status, w) }) };
    default:
      return { tone: undefined, shape: "ring", say: say("moderator.feeds.never") };
  }
}

/** Whether it waits behind another one, where its state says something else first. */
export const waitsToo = (feed: FeedView): boolean =>
  !feed.source && (feed.link === "refused" || feed.link === "connecting");

/** A feed that is not heard waits behind another; or nothing is heard of its track at all. */
function standby(feed: FeedView, status: StatusView): FeedStanding {
  return isMuted(feed, status)
    ? { tone: "warn", shape: "pause", say: say("moderator.feeds.muted") }
    : { tone: undefined, shape: "ring", say: say("moderator.feeds.standby") };
}

/** Whether readers of this feed's track hear nothing, as somebody switched it off. */
export function isMuted(feed: FeedView, status: StatusView): boolean {
  return !status.feeds.some((other) => other.source && other.tracks.some((track) => feed.tracks.includes(track)));
}

/** How long ago it sent something; null if it never did. */
export function lastAgo(feed: FeedView, status: StatusView): number | null {
  return feed.last_at === null ? null : Math.max(0, status.at - feed.last_at);
}

const silence = (feed: FeedView, status: StatusView, w: Writing): string => w.duration(lastAgo(feed, status) ?? 0);

/** Why feeds do not get through, each reason once. While one connects the state says enough: it may be a moment. */
export function problems(feeds: readonly FeedView[]): { problem: string; feeds: FeedView[] }[] {
  const told = new Map<string, FeedView[]>();
  for (const feed of feeds) {
    if (!feed.problem || feed.link === "connecting") continue;
    told.set(feed.problem, [...(told.get(feed.problem) ?? []), feed]);
  }
  return [...told].map(([problem, troubled]) => ({ problem, feeds: troubled }));
}

/** A connection that somebody holds can be made anew; a feed that posts has none. */
export const hasConnection = (feed: FeedView): boolean => feed.pulled !== null || feed.link !== null;

/** How late captions are, for the eye and in a sentence; null where nothing is known or nothing comes. */
export function delays(feed: FeedView, write: (seconds: number) => string): { short: Say; whole: Say } | null {
  const arriving = feed.source && feed.state === "ok" && (feed.link === null || feed.link === "connected");
  if (!arriving || feed.delay === null) return null;
  const readers = write(feed.delay / 1_000);
  if (feed.speech_delay === null)
    return { short: say("moderator.feeds.delay", { readers }), whole: say("moderator.feeds.delay_whole", { readers }) };
  const both = { speech: write(feed.speech_delay / 1_000), readers };
  return { short: say("moderator.feeds.delays", both), whole: say("moderator.feeds.delays_whole", both) };
}
