// How the moderator's page writes, and what it hears of connections and feeds, for tests.
import { MINUTE, NOW } from "../../../team/example";
import type { FeedView, StatusView } from "../../../wire.gen";
import type { Writing } from "./say";

export const W: Writing = {
  time: (instant) => new Date(instant + 120 * MINUTE).toISOString().slice(11, 16),
  duration: (ms) => `${Math.floor(ms / MINUTE)}:${String(Math.round((ms % MINUTE) / 1_000)).padStart(2, "0")}`,
  language: (tag) => tag,
  feed: (id) => id,
};

export const feed = (changes: Partial<FeedView> = {}): FeedView => ({
  feed: "es-feed",
  name: "Written interpretation",
  tracks: ["es"],
  language: "es",
  source: true,
  state: "ok",
  last_at: NOW - 2_000,
  speech_delay: null,
  delay: 80,
  dropped: 0,
  last_line: "Buenas tardes.",
  pulled: null,
  link: null,
  problem: "",
  ...changes,
});

export const connected = (...people: string[]): StatusView => ({
  session: "demo",
  at: NOW,
  people: people.map((person) => ({ person, name: person, role: "speaker", connections: 1 })),
  readers: 0,
  feeds: [],
  making: [],
  engine: "ok",
});
