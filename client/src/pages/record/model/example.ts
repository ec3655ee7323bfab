// A consultation for tests: three have spoken, of whom one is speaking, on two topics; and captions of what was said.
import { EMPTY, receive, type TrackState } from "../../../captions";
import { entry, label, line, MINUTE, NOW, START, view as whole } from "../../../team/example";
import type { NotesView, QuoteView, TeamView, TrackView, TurnView, WireCaption, WordsView } from "../../../wire.gen";

export { entry, label, line, MINUTE, NOW, START };

export const turn = (id: string, from: number, to: number | null, part = 1): TurnView => ({
  id,
  who: label(`Name ${id}`),
  segment: "s2",
  part,
  began_at: NOW + from * 1_000,
  ended_at: to === null ? null : NOW + to * 1_000,
});

export const notes = (id: string, changes: Partial<NotesView> = {}): NotesView => ({
  entry: id,
  tags: [],
  gist: null,
  notes: [],
  quotes: [],
  ...changes,
});

export const quote = (changes: Partial<QuoteView> = {}): QuoteView => ({
  annotation: "a9",
  track: "floor",
  first: 2,
  last: 3,
  by: "Rosa",
  at: NOW,
  confirmed_by: null,
  ...changes,
});

export const words = (annotation: string, text: string | null, by = "Rolf"): WordsView => ({
  annotation,
  text,
  by,
  at: NOW,
});

/** A track of which all is known, unless `more` says that older lines can be had. */
export const track = (segments: readonly WireCaption[], more = false): TrackState =>
  receive(EMPTY, { track: "floor", after: more ? 100 : 0, position: 1_000, segments, more, test: false });

export const trackView = (name: string, changes: Partial<TrackView> = {}): TrackView => ({
  track: name,
  language: name === "floor" ? "en" : name,
  machine: true,
  is_translation: name !== "floor",
  muted: false,
  ...changes,
});

/** e1 was heard, e2 was interrupted and heard later in a second part, e3 speaks; e4 waits. */
export function view(changes: Partial<TeamView> = {}): TeamView {
  const before = whole();
  const entries = [
    entry("e1", { status: "heard" }),
    entry("e2", { status: "heard", who: { ...label("Ana"), region: "europe" } }),
    entry("e3", { status: "speaking", segment: "s3", who: { ...label("Bob"), region: null } }),
    entry("e4", { who: { ...label("Cat"), region: "eurasia" } }),
  ];
  const turns = [turn("t2", 100, 150), turn("t1", 0, 90), turn("t3", 160, 200, 2), turn("t4", 210, null)];
  return {
    ...before,
    entries,
    turns,
    spoken: [
      { turn: "t1", entry: "e1", used: 90_000, overtime: 0 },
      { turn: "t2", entry: "e2", used: 50_000, overtime: 0 },
      { turn: "t3", entry: "e2", used: 40_000, overtime: 0 },
    ],
    floor: before.floor && { ...before.floor, turn: "t4", entry: "e3" },
    ...changes,
  };
}
