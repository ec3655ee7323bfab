// "Just now": a sentence for each happening, and which one can be taken back.
import type { Happening, TeamView } from "../../../wire.gen";
import { nameOfSegment } from "../../../agenda";
import type { Key } from "../../../i18n";
import type { Say, Writing } from "./say";
import { say } from "./say";

const ENDINGS = { yielded: 1, ended: 1, closed: 1, interrupted: 1 } as const;
const REASONS = { sound: 1, interpretation: 1, disorder: 1, connection: 1, other: 1, suspended: 1, undo: 1 } as const;

const SENTENCES: Readonly<Record<string, Key>> = {
  doors_opened: "moderator.just.doors_opened",
  session_started: "moderator.just.session_started",
  session_suspended: "moderator.just.session_suspended",
  session_resumed: "moderator.just.session_resumed",
  session_extended: "moderator.just.session_extended",
  session_closed: "moderator.just.session_closed",
  segment_started: "moderator.just.segment_started",
  limit_changed: "moderator.just.limit_changed",
  request_withdrawn: "moderator.just.request_withdrawn",
  request_deferred: "moderator.just.request_deferred",
  speaker_called: "moderator.just.speaker_called",
  speaker_absent: "moderator.just.speaker_absent",
  speaker_not_heard: "moderator.just.speaker_not_heard",
  order_changed: "moderator.just.order_changed",
  request_admitted: "moderator.just.request_admitted",
  list_closed: "moderator.just.list_closed",
  list_reopened: "moderator.just.list_reopened",
  speaker_substituted: "moderator.just.speaker_substituted",
  allowance_set: "moderator.just.allowance_set",
  turn_began: "moderator.just.turn_began",
  turn_resumed: "moderator.just.turn_resumed",
  message_sent: "moderator.just.message_sent",
  message_acknowledged: "moderator.just.message_acknowledged",
  attribution_chosen: "moderator.just.attribution_chosen",
  intervention_annotated: "moderator.just.intervention_annotated",
  contribution_received: "moderator.just.contribution_received",
  remarks_logged: "moderator.just.remarks_logged",
  feeds_changed: "moderator.just.feeds_changed",
  reconnect_asked: "moderator.just.reconnect_asked",
  spoken_language_set: "moderator.just.spoken_language_set",
};

/** What can be taken back (T11), as the name of an action. */
const ACTIONS: Readonly<Record<string, Key>> = {
  turn_began: "moderator.undo.turn_began",
  turn_ended: "moderator.undo.turn_ended",
  turn_paused: "moderator.undo.turn_paused",
  turn_resumed: "moderator.undo.turn_resumed",
  turn_extended: "moderator.undo.turn_extended",
  speaker_called: "moderator.undo.speaker_called",
  speaker_absent: "moderator.undo.speaker_absent",
  speaker_not_heard: "moderator.undo.speaker_not_heard",
  request_deferred: "moderator.undo.request_deferred",
  request_admitted: "moderator.undo.request_admitted",
  order_changed: "moderator.undo.order_changed",
  list_closed: "moderator.undo.list_closed",
  list_reopened: "moderator.undo.list_reopened",
};

/** "The floor for Ana": what `undo` takes back, or has taken back. */
export function action(type: string | null, who: string | null): Say {
  return say(ACTIONS[type ?? ""] ?? "moderator.undo.earlier_action", { who: who ?? "" });
}

export function happened(view: TeamView, line: Happening, w: Writing): Say {
  if (line.type === "undone") return { key: "moderator.just.undone", what: action(line.reason, line.who) };
  const values = {
    who: line.who ?? "",
    segment: nameOfSegment(view.segments, line.segment),
    time: w.duration(Math.abs(line.used ?? line.amount ?? 0)),
    feed: line.feed === null ? "" : w.feed(line.feed),
    language: line.type === "spoken_language_set" && line.reason !== null ? w.language(line.reason) : "",
  };
  return say(special(line) ?? SENTENCES[line.type] ?? "moderator.just.other", values);
}

/** Events that one sentence is not enough for. */
function special({ type, reason, amount }: Happening): Key | null {
  switch (type) {
    case "turn_ended":
      return `moderator.just.${endingOf(reason)}`;
    case "turn_paused":
      return `moderator.just.paused.${reasonOf(reason)}`;
    case "turn_extended":
      return (amount ?? 0) < 0 ? "moderator.just.turn_shortened" : "moderator.just.turn_extended";
    case "readiness_told":
      return reason === "moment" ? "moderator.just.moment" : "moderator.just.ready";
    case "floor_requested":
      return reason === "late" ? "moderator.just.floor_requested_late" : "moderator.just.floor_requested";
    case "source_chosen":
      return reason === "muted" ? "moderator.just.feed_muted" : "moderator.just.feed_heard";
    case "recording_switched":
      return reason === "off" ? "moderator.just.recording_off" : "moderator.just.recording_on";
    case "chatham_house_switched":
      return reason === "off" ? "moderator.just.chatham_off" : "moderator.just.chatham_on";
    default:
      return null;
  }
}

const endingOf = (reason: string | null | undefined): keyof typeof ENDINGS =>
  reason != null && reason in ENDINGS ? (reason as keyof typeof ENDINGS) : "ended";

const reasonOf = (reason: string | null | undefined): keyof typeof REASONS =>
  reason != null && reason in REASONS ? (reason as keyof typeof REASONS) : "other";

/** The newest lines, and whether the one that can be taken back is among them. */
export function justNow(view: TeamView, lines: number): { shown: readonly Happening[]; undoShown: boolean } {
  const shown = view.happenings.slice(0, lines);
  return { shown, undoShown: shown.some((line) => canUndo(view, line)) };
}

export const canUndo = (view: TeamView, line: Happening): boolean =>
  view.undo?.version === line.version && view.undo.type === line.type;
