// What the tests of this page look at: a view and lines, of which each test changes what it is about.

import type { FloorView, Label, TrackView, TurnView, WireCaption } from "../../../wire.gen";
import type { SharedView } from "./shared";

export const T0 = Date.UTC(2025, 6, 1, 13);

export const KAMAU: Label = {
  name: "Wanjiru Kamau",
  organisation: "Nairobi City County",
  city: "Nairobi",
  country: "KE",
  constituency: "local_government",
  region: "africa",
  alias: false,
  substitute_for: null,
};
export const ALIAS: Label = {
  ...KAMAU,
  name: null,
  organisation: null,
  city: null,
  country: null,
  region: "asia_pacific",
  alias: true,
};

export const turn = (id: string, from: number, to: number | null, who: Label = KAMAU, segment = "s1"): TurnView => ({
  id,
  who,
  segment,
  part: 1,
  began_at: T0 + from,
  ended_at: to === null ? null : T0 + to,
});

export const floor = (began: number, paused = false): FloorView => ({
  turn: "t1",
  entry: "e1",
  who: KAMAU,
  segment: "s1",
  part: 1,
  began_at: T0 + began,
  held: 0,
  zero_at: paused ? null : T0 + began + 180_000,
  closes_at: null,
  paused_at: paused ? T0 + began + 1_000 : null,
  pause_reason: paused ? "sound" : null,
  left: paused ? 179_000 : null,
  grace: 10_000,
});

export const track = (name: string, language = name): TrackView => ({
  track: name,
  language,
  machine: true,
  is_translation: name !== "floor",
  muted: false,
});

const segment = (id: string, kind: "opening" | "topic", chatham_house = false) => ({
  id,
  kind,
  title: `Part ${id}`,
  planned: 600_000,
  began_at: null,
  recording: true,
  chatham_house,
});

export const view = (changes: Partial<SharedView> = {}): SharedView => ({
  scope: "public",
  session: "demo",
  version: 1,
  at: T0,
  epoch: "e",
  clock: { real: T0, session: T0, rate: 1 },
  state: "live",
  rehearsal: false,
  title: "Human rights at the local level",
  organisers: [],
  timezone: "Europe/Madrid",
  doors_at: T0 - 1_800_000,
  starts_at: T0,
  ends_at: T0 + 7_200_000,
  started_at: T0,
  closed_at: null,
  segments: [segment("s0", "opening"), segment("s1", "topic"), segment("s2", "topic", true)],
  segment: "s1",
  modalities: { limit: 180_000, warnings: [60_000], grace: 10_000, enforcement: "close", one_per_organisation: true },
  list_open: true,
  list_closes_at: null,
  floor: null,
  next: [],
  waiting: 0,
  heard: 0,
  turns: [],
  tracks: [track("floor", "en"), track("es"), track("ar")],
  written_input: [],
  ...changes,
});

export const line = (id: string, text: string, changes: Partial<WireCaption> = {}): WireCaption => ({
  id,
  revision: 1,
  status: "final",
  language: "en",
  origin: "machine",
  is_translation: false,
  text,
  spoken_at: T0 + 1_000 * Number(id.replace(/\D/gu, "")),
  position: Number(id.replace(/\D/gu, "")),
  reason: null,
  ends_at: null,
  label: null,
  by: null,
  changed_at: null,
  ...changes,
});
