import { describe, expect, test } from "vitest";
import { NOW } from "../../../team/example";
import type { FeedView, StatusView, TrackView } from "../../../wire.gen";
import { W, connected, feed } from "./example";
import { delays, feedStanding, hasConnection, inOrder, isMuted, lastAgo, problems, waitsToo } from "./feeds";

const status = (...feeds: FeedView[]): StatusView => ({ ...connected(), feeds });
const track = (name: string): TrackView => ({
  track: name,
  language: name,
  machine: true,
  is_translation: true,
  muted: false,
});
const standing = (one: FeedView, ...others: FeedView[]) => feedStanding(one, status(one, ...others), W);

describe("how a feed stands", () => {
  test.each<[Partial<FeedView>, string]>([
    [{}, "moderator.feeds.ok"],
    [{ state: "never", last_at: null }, "moderator.feeds.never"],
    [{ link: "connected" }, "moderator.feeds.ok"],
    [{ link: "connecting" }, "moderator.feeds.connecting"],
    [{ link: "refused", problem: "Invalid passcode" }, "moderator.feeds.refused"],
    [{ link: "refused", source: false }, "moderator.feeds.refused"],
  ])("%o", (changes, key) => {
    expect(standing(feed(changes)).say.key).toBe(key);
  });

  test("silent for how long", () => {
    const { say } = standing(feed({ state: "silent", last_at: NOW - 75_000 }));
    expect(say).toEqual({ key: "moderator.feeds.silent", values: { time: "1:15" } });
  });

  test("C15: one that stands by is not one that was switched off", () => {
    const off = feed({ source: false, state: "muted" });
    expect(standing(off, feed({ feed: "other" })).say.key).toBe("moderator.feeds.standby");
    expect(standing(off, feed({ feed: "other", tracks: ["fr"] })).say.key).toBe("moderator.feeds.muted");
    expect(isMuted(off, status(off))).toBe(true);
  });
});

test("feeds come in the order of the tracks, of each the source first", () => {
  const feeds = [
    feed({ feed: "fr", tracks: ["fr"] }),
    feed({ feed: "es-2", source: false }),
    feed({ feed: "nowhere", tracks: ["xx"] }),
    feed({ feed: "es-1" }),
  ];
  expect(inOrder(feeds, [track("es"), track("fr")]).map((one) => one.feed)).toEqual(["es-1", "es-2", "fr", "nowhere"]);
});

describe("how late captions are", () => {
  const write = (seconds: number) => seconds.toFixed(1);

  test("from here to readers, and from speech to here where that is known", () => {
    expect(delays(feed(), write)?.short).toEqual({ key: "moderator.feeds.delay", values: { readers: "0.1" } });
    expect(delays(feed({ speech_delay: 5_240 }), write)?.whole).toEqual({
      key: "moderator.feeds.delays_whole",
      values: { speech: "5.2", readers: "0.1" },
    });
  });

  test("nothing of what is not heard now", () => {
    expect(delays(feed({ state: "silent" }), write)).toBeNull();
    expect(delays(feed({ source: false, state: "muted" }), write)).toBeNull();
    expect(delays(feed({ delay: null }), write)).toBeNull();
    expect(delays(feed({ link: "connecting" }), write)).toBeNull();
  });

  test("how long ago something came", () => {
    expect(lastAgo(feed(), status())).toBe(2_000);
    expect(lastAgo(feed({ last_at: null }), status())).toBeNull();
  });
});

test("one that stands by and does not get through either is told to stand by", () => {
  expect(waitsToo(feed({ source: false, link: "refused" }))).toBe(true);
  expect(waitsToo(feed({ link: "refused" }))).toBe(false);
  expect(waitsToo(feed({ source: false, link: "connected" }))).toBe(false);
});

test("only a connection can be made anew", () => {
  expect(hasConnection(feed())).toBe(false);
  expect(hasConnection(feed({ link: "connected" }))).toBe(true);
  expect(hasConnection(feed({ pulled: "wordly" }))).toBe(true);
});

test("why feeds do not get through is told once, and not while they connect", () => {
  const refused = { link: "refused", problem: "Wrong passcode" } as const;
  const feeds = [
    feed({ feed: "a", ...refused }),
    feed({ feed: "b", link: "connecting", problem: "Not reached" }),
    feed({ feed: "c", ...refused }),
    feed({ feed: "d", link: "connected", problem: "Low sound" }),
    feed({ feed: "e" }),
  ];
  const told = problems(feeds).map(({ problem, feeds: troubled }) => [problem, troubled.map((one) => one.feed)]);
  expect(told).toEqual([
    ["Wrong passcode", ["a", "c"]],
    ["Low sound", ["d"]],
  ]);
});
