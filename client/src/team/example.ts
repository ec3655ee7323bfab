// A consultation for tests: 15:00 to 17:00, at 16:05, Wanjiru Kamau has the floor, three wait.
import type { Label, TeamEntry, TeamView, WireCaption } from "../wire.gen";
import type { Kept } from "./line";

export const MINUTE = 60_000;
export const START = Date.UTC(2025, 6, 1, 13, 0);
export const NOW = START + 65 * MINUTE;

export const label = (name: string): Label => ({
  name,
  organisation: `City of ${name}`,
  city: name,
  country: "KE",
  constituency: "local_government",
  region: "africa",
  alias: false,
  substitute_for: null,
});

export function entry(id: string, changes: Partial<TeamEntry> = {}): TeamEntry {
  return {
    id,
    person: `p-${id}`,
    who: label(`Name ${id}`),
    protected: false,
    organisation: `City of ${id}`,
    on_behalf_of: [],
    segment: "s2",
    kind: "statement",
    delivery: "live",
    status: "waiting",
    readiness: "silent",
    absences: 0,
    called_at: null,
    remaining: null,
    allowance: 0,
    allotted: 3 * MINUTE,
    spoken_language: "en",
    first_time: null,
    access_needs: "",
    attribution: "organisation",
    asked_at: START,
    expected_at: NOW + 5 * MINUTE,
    ...changes,
  };
}

const segment = (id: string, kind: "opening" | "topic" | "closing", planned: number, began: number | null) => ({
  id,
  kind,
  title: `Title ${id}`,
  planned: planned * MINUTE,
  began_at: began === null ? null : START + began * MINUTE,
  recording: true,
  chatham_house: false,
});

export function view(changes: Partial<TeamView> = {}): TeamView {
  const entries = [entry("e1"), entry("e2"), entry("e3", { segment: "s3" }), entry("e0", { status: "speaking" })];
  return {
    scope: "team",
    notebook: { notes: [], topics: [], remarks: [], contributions: [], passages: [], exports: [] },
    session: "demo",
    version: 118,
    at: NOW,
    epoch: "one",
    clock: { real: NOW, session: NOW, rate: 1 },
    state: "live",
    rehearsal: false,
    title: "A consultation",
    organisers: [],
    timezone: "Europe/Madrid",
    doors_at: START - 30 * MINUTE,
    starts_at: START,
    ends_at: START + 120 * MINUTE,
    started_at: START,
    closed_at: null,
    segments: [
      segment("s1", "opening", 10, 0),
      segment("s2", "topic", 60, 10),
      segment("s3", "topic", 40, null),
      segment("s4", "closing", 10, null),
    ],
    segment: "s2",
    modalities: {
      limit: 3 * MINUTE,
      warnings: [60_000, 30_000],
      grace: 10_000,
      enforcement: "close",
      one_per_organisation: true,
    },
    list_open: true,
    list_closes_at: null,
    floor: {
      turn: "t118",
      entry: "e0",
      who: label("Wanjiru Kamau"),
      segment: "s2",
      part: 1,
      began_at: NOW - 2 * MINUTE,
      held: 0,
      zero_at: NOW + MINUTE,
      closes_at: NOW + MINUTE + 10_000,
      paused_at: null,
      pause_reason: null,
      left: null,
      grace: 10_000,
    },
    next: [],
    waiting: 3,
    heard: 1,
    turns: [
      {
        id: "t100",
        who: label("Name h1"),
        segment: "s2",
        part: 1,
        began_at: START + 50 * MINUTE,
        ended_at: START + 53 * MINUTE,
      },
      { id: "t118", who: label("Wanjiru Kamau"), segment: "s2", part: 1, began_at: NOW - 2 * MINUTE, ended_at: null },
    ],
    tracks: [],
    written_input: [],
    me: { person: "m1", role: "moderator", name: "Marta Ruiz" },
    entries,
    order: ["e1", "e2", "e3"],
    order_rev: 7,
    late: [],
    team_turn: {
      person: "p-e0",
      limit: 3 * MINUTE,
      extended: 0,
      allotted: 3 * MINUTE,
      enforcement: "close",
      given_by: "Marta Ruiz",
      began_at: NOW - 2 * MINUTE,
      interruptible_at: null,
    },
    newest_turn: "t118",
    spoken: [{ turn: "t100", entry: "h1", used: 3 * MINUTE, overtime: 0 }],
    forecast: {
      ends_at: START + 126 * MINUTE,
      surplus: 6 * MINUTE,
      waiting: 3,
      fits: 2,
      slot: 226_000,
      handover: 38_000,
      overrun: 8_000,
      options: [],
    },
    balance: [],
    suggestion: [],
    counts: { requests: 5, late: 0, waiting: 3, speaking: 1, heard: 1, video: 0, not_heard: 0, withdrawn: 0 },
    spoken_language: "en",
    spoken_languages: ["en", "es"],
    undo: null,
    happenings: [],
    messages: [],
    roster_revision: 1,
    head: "9f2c",
    ...changes,
  };
}

/** The view between two turns. */
export const between = (changes: Partial<TeamView> = {}): TeamView => {
  const whole = view();
  const turns = whole.turns.map((turn) => ({ ...turn, ended_at: turn.ended_at ?? NOW - 20_000 }));
  return { ...whole, floor: null, team_turn: null, turns, ...changes };
};

/** A line that was said `n` seconds from now, and kept there. */
export const line = (n: number, changes: Partial<WireCaption> = {}) =>
  ({
    id: `s${n}`,
    revision: 1,
    status: "final",
    language: "en",
    origin: "machine",
    is_translation: false,
    text: `Line ${n}.`,
    spoken_at: NOW + n * 1_000,
    position: n,
    reason: null,
    ends_at: null,
    label: null,
    by: null,
    changed_at: null,
    ...changes,
  }) as Kept;
