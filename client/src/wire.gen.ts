// Made by `python -m isegoria.edges.schema` from the server's models. Not to be edited.

/** What a client sends with CONNECT. `client` names the tab, so that it supersedes only its own older connection. */
export interface Auth {
  readonly session: string;
  readonly token: string;
  readonly client: string;
}

/** What an agenda part is. Requests belong to topics; the forecast plans the others around them. */
export type SegmentKind = "opening" | "topic" | "reactions" | "closing";

/** A segment as scheduled; its title lives apart from the journal. */
export interface PlannedSegment {
  readonly id: string;
  readonly kind: SegmentKind;
  readonly planned: number;
  readonly limit?: number | null;
}

/** What happens after the grace time (T4): the server closes the floor, or the moderator is asked. */
export type Enforcement = "close" | "ask";

export interface PlannedModalities {
  readonly limit?: number;
  readonly warnings?: readonly number[];
  readonly grace?: number;
  readonly enforcement?: Enforcement;
  readonly one_per_organisation?: boolean;
}

/** How a person allows to be cited (R3). */
export type Attribution = "named" | "organisation" | "constituency_region" | "not_for_report";

/** The first command of every session: what its file says, without free text. */
export interface Schedule {
  readonly type: "schedule";
  readonly timezone: string;
  readonly doors_at: number;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly list_closes_at?: number | null;
  readonly segments: readonly PlannedSegment[];
  readonly modalities?: PlannedModalities;
  readonly default_attribution?: Attribution;
  readonly rehearsal?: boolean;
}

/** Rehearsals only: from `real` (engine time) on, the session's clock shows `session` and runs at `rate`. */
export interface SetClock {
  readonly type: "set_clock";
  readonly real: number;
  readonly session: number;
  readonly rate: number;
}

/** People were written to their store at `revision`; all replicas read them again. */
export interface ChangeRoster {
  readonly type: "change_roster";
  readonly revision: number;
}

export interface OpenDoors {
  readonly type: "open_doors";
}

export interface StartSession {
  readonly type: "start_session";
}

export interface SuspendSession {
  readonly type: "suspend_session";
}

export interface ResumeSession {
  readonly type: "resume_session";
}

/** T10. `ends_at` is what the asker saw; by minutes, negative to end earlier. */
export interface ExtendSession {
  readonly type: "extend_session";
  readonly ends_at: number;
  readonly minutes: number;
}

/** All who still wait are not heard (T10). */
export interface CloseSession {
  readonly type: "close_session";
}

/** `after` is the segment that the asker saw running; None before the first. */
export interface StartSegment {
  readonly type: "start_segment";
  readonly segment: string;
  readonly after: string | null;
}

/** A new general speaking time for turns that have not started (T8); segments' own limits go. */
export interface ChangeLimit {
  readonly type: "change_limit";
  readonly limit: number;
}

/** R6, for a segment. */
export interface SwitchRecording {
  readonly type: "switch_recording";
  readonly segment: string;
  readonly on: boolean;
}

/** R6, for a segment. */
export interface SwitchChathamHouse {
  readonly type: "switch_chatham_house";
  readonly segment: string;
  readonly on: boolean;
}

export type EntryKind = "statement" | "point_of_order" | "right_of_reply";

/** A live request by the speaker who asks (Q1). */
export interface RequestFloor {
  readonly type: "request_floor";
  readonly segment: string;
  readonly kind?: EntryKind;
  readonly on_behalf_of?: readonly string[];
}

export type Delivery = "live" | "video";

/** The secretariat puts somebody on the list. `organisation` is filled in by the server from the roster. */
export interface Inscribe {
  readonly type: "inscribe";
  readonly person: string;
  readonly segment: string;
  readonly kind?: EntryKind;
  readonly on_behalf_of?: readonly string[];
  readonly delivery?: Delivery;
  readonly video?: number | null;
}

/** Where a request for the floor stands. */
export type EntryStatus =
  | "late"
  | "waiting"
  | "called"
  | "absent"
  | "interrupted"
  | "speaking"
  | "heard"
  | "not_heard"
  | "withdrawn";

/** Q6. `status` is what the asker saw. */
export interface Withdraw {
  readonly type: "withdraw";
  readonly entry: string;
  readonly status: EntryStatus;
}

/** "I can't speak now": to the end of the segment, by the speaker or the team. */
export interface Defer {
  readonly type: "defer";
  readonly entry: string;
  readonly status: EntryStatus;
}

/** The entry goes before another, or to the end; `order_rev` is the order that the asker saw. */
export interface Reorder {
  readonly type: "reorder";
  readonly entry: string;
  readonly before: string | null;
  readonly order_rev: number;
}

/** The whole order, as suggested and accepted by a person (Q3); entries that joined since keep their place at the end of their segment. */
export interface ApplyOrder {
  readonly type: "apply_order";
  readonly order: readonly string[];
  readonly order_rev: number;
}

/** From the waiting list to the list, though it is closed (Q2). */
export interface Admit {
  readonly type: "admit";
  readonly entry: string;
}

export interface CloseList {
  readonly type: "close_list";
}

/** Those on the waiting list join in the order in which they asked (Q2). */
export interface ReopenList {
  readonly type: "reopen_list";
}

/** Q9: the answer to "you are next". */
export interface Ready {
  readonly type: "ready";
  readonly entry: string;
}

/** Q9: "I need a moment". */
export interface NeedMoment {
  readonly type: "need_moment";
  readonly entry: string;
}

/** The repeat call for a speaker who did not answer (Q5). */
export interface CallSpeaker {
  readonly type: "call_speaker";
  readonly entry: string;
  readonly status: EntryStatus;
}

/** 20 s after the repeat call (Q5). */
export interface MarkAbsent {
  readonly type: "mark_absent";
  readonly entry: string;
  readonly status: EntryStatus;
}

/** Another person speaks; organisation and place stay (Q4). */
export interface Substitute {
  readonly type: "substitute";
  readonly entry: string;
  readonly person: string;
}

/** Extra speaking time for a person, known to the staff and to them only (T7); 0 takes it back. */
export interface SetAllowance {
  readonly type: "set_allowance";
  readonly person: string;
  readonly allowance: number;
}

/** `after` is the newest turn that the asker saw: if it still runs, it is ended first, in the same decision. */
export interface GiveFloor {
  readonly type: "give_floor";
  readonly entry: string;
  readonly after: string | null;
}

/** The speaker has finished. */
export interface YieldFloor {
  readonly type: "yield_floor";
  readonly turn: string;
}

export interface EndTurn {
  readonly type: "end_turn";
  readonly turn: string;
}

export interface PauseTurn {
  readonly type: "pause_turn";
  readonly turn: string;
  readonly reason: "sound" | "interpretation" | "disorder" | "connection" | "other";
}

export interface ResumeTurn {
  readonly type: "resume_turn";
  readonly turn: string;
}

/** T6, by steps of 30 s; negative to shorten. */
export interface ExtendTurn {
  readonly type: "extend_turn";
  readonly turn: string;
  readonly by: number;
}

/** T9: the connection is lost; the remaining time is kept for a second part. */
export interface InterruptTurn {
  readonly type: "interrupt_turn";
  readonly turn: string;
}

/** What staff tells a speaker in one press. */
export type Cue = "slower" | "conclude" | "microphone" | "camera" | "called";

/** A cue or a text to a speaker. The server keeps the text apart from the journal. */
export interface SendMessage {
  readonly type: "send_message";
  readonly to: string;
  readonly cue?: Cue | null;
  readonly text?: string | null;
}

export interface Acknowledge {
  readonly type: "acknowledge";
  readonly message: string;
}

/** R3: one's own choice, or by the secretariat for `person`. */
export interface ChooseAttribution {
  readonly type: "choose_attribution";
  readonly attribution: Attribution;
  readonly person?: string | null;
}

/** R2. A tag is a word of a fixed list (topic or sort), not free text. */
export interface TagIntervention {
  readonly type: "tag_intervention";
  readonly entry: string;
  readonly tag: string;
}

export interface NoteIntervention {
  readonly type: "note_intervention";
  readonly entry: string;
  readonly text: string;
}

/** A passage worth quoting, by the positions of its captions on one track. */
export interface QuoteIntervention {
  readonly type: "quote_intervention";
  readonly entry: string;
  readonly track: string;
  readonly first: number;
  readonly last: number;
}

/** What an intervention said, in the rapporteur's words. `after` is the gist that the asker saw; None: none yet. */
export interface WriteGist {
  readonly type: "write_gist";
  readonly entry: string;
  readonly after: string | null;
  readonly text: string;
}

/** R7: the asker heard it in the recording, just as it stands. */
export interface ConfirmQuote {
  readonly type: "confirm_quote";
  readonly annotation: string;
}

/** A tag, note, gist or quote was a mistake. */
export interface RemoveAnnotation {
  readonly type: "remove_annotation";
  readonly annotation: string;
}

/** A topic to tag interventions with, beside those of the session file. */
export interface AddTopic {
  readonly type: "add_topic";
  readonly text: string;
}

/** What somebody said who was not on the list, in the rapporteur's words. */
export interface LogRemarks {
  readonly type: "log_remarks";
  readonly person: string;
  readonly segment: string;
  readonly text: string;
}

export type ContributionKind = "statement" | "written";

/** A text came in writing and lies in its store under `contribution`; by its author, or by the team for `person`. */
export interface ReceiveContribution {
  readonly type: "receive_contribution";
  readonly contribution: string;
  readonly person?: string | null;
  readonly kind: ContributionKind;
  readonly entry?: string | null;
  readonly language?: string | null;
  readonly words: number;
  readonly size: number;
  readonly digest: string;
  readonly media: string;
}

export interface WithdrawContribution {
  readonly type: "withdraw_contribution";
  readonly contribution: string;
}

/** What the rapporteur decides about a caption that may name somebody who is protected (R10). */
export type PassageDecision = "leave_out" | "mask" | "release";

/** R10: a caption that may name somebody who is protected, by the position of the revision that was read. */
export interface DecidePassage {
  readonly type: "decide_passage";
  readonly track: string;
  readonly position: number;
  readonly decision: PassageDecision;
  readonly persons?: readonly string[];
}

/** Who an export is for. */
export type Tier = "internal" | "publishable";

/** R4: a file of the record is given out. */
export interface ListExport {
  readonly type: "list_export";
  readonly format: string;
  readonly tier: Tier;
  readonly track?: string | null;
  readonly digest: string;
  readonly size: number;
  readonly entries: number;
}

/** The feeds' settings were written to their store at `revision`; all replicas read them again. */
export interface ChangeFeeds {
  readonly type: "change_feeds";
  readonly revision: number;
}

/** Its track is heard from this feed from now on, instead of any other. */
export interface HearFeed {
  readonly type: "hear_feed";
  readonly feed: string;
}

/** Its track is heard from no feed until another, or this one, is heard again. */
export interface MuteFeed {
  readonly type: "mute_feed";
  readonly feed: string;
}

/** Whoever holds the feed's connection ends it and connects anew. */
export interface ReconnectFeed {
  readonly type: "reconnect_feed";
  readonly feed: string;
}

/** What the one who speaks now speaks, BCP 47. */
export interface SetSpokenLanguage {
  readonly type: "set_spoken_language";
  readonly language: string;
}

/** Asked by every replica's alarm when a deadline is reached; exactly one succeeds. */
export interface Settle {
  readonly type: "settle";
}

/** T11. `version` names the decision to take back, which must be the newest that changed floor or order. */
export interface Undo {
  readonly type: "undo";
  readonly version: number;
}

export type Command =
  | Schedule
  | SetClock
  | ChangeRoster
  | OpenDoors
  | StartSession
  | SuspendSession
  | ResumeSession
  | ExtendSession
  | CloseSession
  | StartSegment
  | ChangeLimit
  | SwitchRecording
  | SwitchChathamHouse
  | RequestFloor
  | Inscribe
  | Withdraw
  | Defer
  | Reorder
  | ApplyOrder
  | Admit
  | CloseList
  | ReopenList
  | Ready
  | NeedMoment
  | CallSpeaker
  | MarkAbsent
  | Substitute
  | SetAllowance
  | GiveFloor
  | YieldFloor
  | EndTurn
  | PauseTurn
  | ResumeTurn
  | ExtendTurn
  | InterruptTurn
  | SendMessage
  | Acknowledge
  | ChooseAttribution
  | TagIntervention
  | NoteIntervention
  | QuoteIntervention
  | WriteGist
  | ConfirmQuote
  | RemoveAnnotation
  | AddTopic
  | LogRemarks
  | ReceiveContribution
  | WithdrawContribution
  | DecidePassage
  | ListExport
  | ChangeFeeds
  | HearFeed
  | MuteFeed
  | ReconnectFeed
  | SetSpokenLanguage
  | Settle
  | Undo;

/** `id` is the client's: the same id again gets the first answer. */
export interface CommandRequest {
  readonly id: string;
  readonly command: Command;
}

/** `version` is the journal's entry that the command made. */
export interface CommandDone {
  readonly ok: true;
  readonly version: number;
}

/** Tracks to read from now on, instead of any others. `since`: the last position that the client has of a track. */
export interface FollowRequest {
  readonly tracks: readonly string[];
  readonly since?: Readonly<Record<string, number>>;
}

/** `positions`: where each track stands after the frames that come with this answer. */
export interface FollowDone {
  readonly ok: true;
  readonly positions: Readonly<Record<string, number>>;
}

export interface ClockRequest {
}

/** `t`: the engine's time, in UTC milliseconds. */
export interface ClockDone {
  readonly ok: true;
  readonly t: number;
}

export type Code =
  | "wrong_state"
  | "turn_running"
  | "rehearsal_only"
  | "unknown_segment"
  | "too_early"
  | "no_change"
  | "stale"
  | "floor_taken"
  | "unknown_entry"
  | "unknown_person"
  | "already_waiting"
  | "organisation_waiting"
  | "list_closed"
  | "not_yours"
  | "out_of_bounds"
  | "unknown_feed"
  | "already_paused"
  | "not_paused"
  | "nothing_to_undo"
  | "superseded"
  | "forbidden"
  | "unauthorised"
  | "malformed"
  | "unknown_event"
  | "unknown_session"
  | "id_reused"
  | "full"
  | "too_large"
  | "too_many"
  | "busy"
  | "engine_away"
  | "internal";

export type Value = string | number | boolean | null;

/** A refusal: what is true now. `retry`: the same may succeed later. */
export interface ErrorBody {
  readonly code: Code;
  readonly message: string;
  readonly detail: Readonly<Record<string, Value>>;
  readonly retry: boolean;
}

export interface Refusal {
  readonly ok: false;
  readonly error: ErrorBody;
}

/** Session time = session + (engine time - real) * rate. */
export interface ClockView {
  readonly real: number;
  readonly session: number;
  readonly rate: number;
}

export type SessionState = "scheduled" | "open" | "live" | "suspended" | "closed";

export interface SegmentView {
  readonly id: string;
  readonly kind: SegmentKind;
  readonly title: string;
  readonly planned: number;
  readonly began_at: number | null;
  readonly recording: boolean;
  readonly chatham_house: boolean;
}

/** The general rules, known to all (T8). */
export interface ModalitiesView {
  readonly limit: number;
  readonly warnings: readonly number[];
  readonly grace: number;
  readonly enforcement: Enforcement;
  readonly one_per_organisation: boolean;
}

/** The group that a participant speaks for; what is not declared is unknown, never inferred (Q3). */
export type Constituency =
  | "local_government"
  | "regional_government"
  | "association"
  | "civil_society"
  | "nhri"
  | "academia"
  | "state"
  | "un"
  | "other"
  | "unknown";

/** UCLG's sections, and the two that overlap with them. */
export type Region =
  | "africa"
  | "asia_pacific"
  | "eurasia"
  | "europe"
  | "latin_america"
  | "middle_east_west_asia"
  | "north_america"
  | "metropolis"
  | "regions";

/** Who somebody is to the one who looks. With `alias` only constituency and region are told (R5). */
export interface Label {
  readonly name: string | null;
  readonly organisation: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly constituency: Constituency;
  readonly region: Region | null;
  readonly alias: boolean;
  readonly substitute_for: string | null;
}

export type PauseReason =
  | "sound"
  | "interpretation"
  | "disorder"
  | "connection"
  | "other"
  | "suspended"
  | "undo";

/** The running turn as everyone may see it. `left` is set while paused, and the instants after it are not. */
export interface FloorView {
  readonly turn: string;
  readonly entry: string;
  readonly who: Label;
  readonly segment: string;
  readonly part: number;
  readonly began_at: number;
  readonly held: number;
  readonly zero_at: number | null;
  readonly closes_at: number | null;
  readonly paused_at: number | null;
  readonly pause_reason: PauseReason | null;
  readonly left: number | null;
  readonly grace: number;
}

/** One of those who come next. */
export interface NextView {
  readonly entry: string;
  readonly who: Label;
  readonly segment: string;
  readonly expected_at: number | null;
}

/** A turn so far, to put captions under (`turn_at`). `ended_at` is None while it runs. */
export interface TurnView {
  readonly id: string;
  readonly who: Label;
  readonly segment: string;
  readonly part: number;
  readonly began_at: number;
  readonly ended_at: number | null;
}

/** A track of captions that readers can choose: "floor" or a language. */
export interface TrackView {
  readonly track: string;
  readonly language: string;
  readonly machine: boolean;
  readonly is_translation: boolean;
  readonly muted: boolean;
}

export interface WrittenInputView {
  readonly at: number;
  readonly timezone: string;
  readonly source: string;
}

/** What all views tell. */
export interface SharedView {
  readonly session: string;
  readonly version: number;
  readonly at: number;
  readonly epoch: string;
  readonly clock: ClockView;
  readonly state: SessionState;
  readonly rehearsal: boolean;
  readonly title: string;
  readonly organisers: readonly string[];
  readonly timezone: string;
  readonly doors_at: number;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly started_at: number | null;
  readonly closed_at: number | null;
  readonly segments: readonly SegmentView[];
  readonly segment: string | null;
  readonly modalities: ModalitiesView;
  readonly list_open: boolean;
  readonly list_closes_at: number | null;
  readonly floor: FloorView | null;
  readonly next: readonly NextView[];
  readonly waiting: number;
  readonly heard: number;
  readonly turns: readonly TurnView[];
  readonly tracks: readonly TrackView[];
  readonly written_input: readonly WrittenInputView[];
}

export interface PublicView extends SharedView {
  readonly scope: "public";
}

/** What an actor may do; fixed by the link that they came with, never read from a payload. */
export type Role =
  | "moderator"
  | "secretariat"
  | "rapporteur"
  | "speaker"
  | "attendee"
  | "stage"
  | "system";

export interface Me {
  readonly person: string | null;
  readonly role: Role;
  readonly name: string;
}

/** What a speaker who is soon due has answered (Q9). */
export type Readiness = "silent" | "ready" | "moment";

/** A request of one's own. `place` is 1 for who comes next, None when not in the order. */
export interface OwnEntry {
  readonly id: string;
  readonly status: EntryStatus;
  readonly kind: EntryKind;
  readonly segment: string;
  readonly place: number | null;
  readonly expected_at: number | null;
  readonly readiness: Readiness;
  readonly absences: number;
  readonly allotted: number;
  readonly remaining: number | null;
  readonly on_behalf_of: readonly string[];
}

export interface OwnMessage {
  readonly id: string;
  readonly at: number;
  readonly cue: Cue | null;
  readonly text: string | null;
}

/** How a turn ended. */
export type Ending = "yielded" | "ended" | "closed" | "interrupted";

/** A turn of one's own that is over. */
export interface OwnTurn {
  readonly id: string;
  readonly began_at: number;
  readonly ended_at: number;
  readonly used: number;
  readonly allotted: number;
  readonly ending: Ending;
}

/** A text of one's own that came in writing; by the team for oneself unless `by_me`. `size` in bytes. */
export interface OwnContribution {
  readonly id: string;
  readonly kind: ContributionKind;
  readonly entry: string | null;
  readonly language: string | null;
  readonly words: number;
  readonly size: number;
  readonly media: string;
  readonly at: number;
  readonly by_me: boolean;
}

export interface PersonalView extends SharedView {
  readonly scope: "personal";
  readonly me: Me;
  readonly city: string | null;
  readonly person_timezone: string | null;
  readonly entries: readonly OwnEntry[];
  readonly own_turn: boolean;
  readonly allotted: number | null;
  readonly allowance: number;
  readonly messages: readonly OwnMessage[];
  readonly turns_spoken: readonly OwnTurn[];
  readonly contributions: readonly OwnContribution[];
  readonly attribution: Attribution;
  readonly may_request: boolean;
}

export interface TeamEntry {
  readonly id: string;
  readonly person: string;
  readonly who: Label;
  readonly protected: boolean;
  readonly organisation: string | null;
  readonly on_behalf_of: readonly string[];
  readonly segment: string;
  readonly kind: EntryKind;
  readonly delivery: Delivery;
  readonly status: EntryStatus;
  readonly readiness: Readiness;
  readonly absences: number;
  readonly called_at: number | null;
  readonly remaining: number | null;
  readonly allowance: number;
  readonly allotted: number;
  readonly spoken_language: string | null;
  readonly first_time: boolean | null;
  readonly access_needs: string;
  readonly attribution: Attribution;
  readonly asked_at: number;
  readonly expected_at: number | null;
}

/** What the team sees of the running turn, beyond `floor`. */
export interface TeamTurn {
  readonly person: string;
  readonly limit: number;
  readonly extended: number;
  readonly allotted: number;
  readonly enforcement: Enforcement;
  readonly given_by: string | null;
  readonly began_at: number;
  readonly interruptible_at: number | null;
}

/** What a turn that is over has used: speaking time without its pauses (T5), and how much of it beyond the limit. */
export interface SpokenTurn {
  readonly turn: string;
  readonly entry: string;
  readonly used: number;
  readonly overtime: number;
}

/** What would follow, before anything is applied (F2). `limit` is set for "limit", `minutes` for "extend". */
export interface ForecastOption {
  readonly code: "leave" | "limit" | "close_list" | "extend";
  readonly limit: number | null;
  readonly minutes: number | null;
  readonly ends_at: number;
  readonly heard: number;
  readonly to_write: number;
}

/** F1, F2. `surplus` is how much too long it will take at the present rules; negative when time is left. */
export interface ForecastView {
  readonly ends_at: number;
  readonly surplus: number;
  readonly waiting: number;
  readonly fits: number;
  readonly slot: number;
  readonly handover: number;
  readonly overrun: number;
  readonly options: readonly ForecastOption[];
}

/** Speaking time so far of a group. */
export interface BalanceItem {
  readonly group: "constituency" | "region" | "first_time";
  readonly key: string;
  readonly used: number;
  readonly turns: number;
}

/** Why an entry was put where it is (Q3). */
export interface SuggestionItem {
  readonly entry: string;
  readonly reason: "constituency" | "region" | "first_time" | "asked_first";
  readonly key: string | null;
}

/** Q8: these add up to `requests`. */
export interface Counts {
  readonly requests: number;
  readonly late: number;
  readonly waiting: number;
  readonly speaking: number;
  readonly heard: number;
  readonly video: number;
  readonly not_heard: number;
  readonly withdrawn: number;
}

export interface TagView {
  readonly annotation: string;
  readonly tag: string;
}

/** A gist or a note. `text` is None until it was read, or once it was erased. */
export interface WordsView {
  readonly annotation: string;
  readonly text: string | null;
  readonly by: string | null;
  readonly at: number;
}

/** A passage of captions, by its positions on a track. Machine text is no quotation until it is confirmed (R7). */
export interface QuoteView {
  readonly annotation: string;
  readonly track: string;
  readonly first: number;
  readonly last: number;
  readonly by: string | null;
  readonly at: number;
  readonly confirmed_by: string | null;
}

/** What was noted on one intervention. */
export interface NotesView {
  readonly entry: string;
  readonly tags: readonly TagView[];
  readonly gist: WordsView | null;
  readonly notes: readonly WordsView[];
  readonly quotes: readonly QuoteView[];
}

export interface TopicView {
  readonly tag: string;
  readonly text: string;
}

export interface RemarksView {
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly segment: string;
  readonly text: string | null;
  readonly by: string | null;
  readonly at: number;
}

/** `size` in bytes; `entry`: whose statement it is. The text and the file come over HTTP. */
export interface ContributionView {
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly kind: ContributionKind;
  readonly entry: string | null;
  readonly language: string | null;
  readonly words: number;
  readonly size: number;
  readonly media: string;
  readonly at: number;
}

/** What was decided about a caption that may name somebody who is protected (R10). Its text comes over HTTP. */
export interface PassageView {
  readonly track: string;
  readonly position: number;
  readonly decision: PassageDecision;
}

/** `recall`: somebody's attribution has changed since it was given out (R4). */
export interface ExportView {
  readonly id: string;
  readonly format: string;
  readonly tier: Tier;
  readonly track: string | null;
  readonly digest: string;
  readonly size: number;
  readonly at: number;
  readonly by: string | null;
  readonly recall: boolean;
  readonly changed: readonly string[];
}

export interface NotebookView {
  readonly notes: readonly NotesView[];
  readonly topics: readonly TopicView[];
  readonly remarks: readonly RemarksView[];
  readonly contributions: readonly ContributionView[];
  readonly passages: readonly PassageView[];
  readonly exports: readonly ExportView[];
}

/** What `undo` would take back now. */
export interface UndoView {
  readonly version: number;
  readonly type: string;
  readonly who: string | null;
}

/** A line of "just now". The page writes the sentence from the type and what is set. */
export interface Happening {
  readonly version: number;
  readonly at: number;
  readonly type: string;
  readonly by: string | null;
  readonly by_role: Role;
  readonly who: string | null;
  readonly segment: string | null;
  readonly used: number | null;
  readonly amount: number | null;
  readonly reason: string | null;
  readonly feed: string | null;
}

export interface SentMessage {
  readonly id: string;
  readonly to: string;
  readonly at: number;
  readonly cue: Cue | null;
  readonly text: string | null;
  readonly acknowledged: boolean;
}

export interface TeamView extends SharedView {
  readonly scope: "team";
  readonly me: Me;
  readonly entries: readonly TeamEntry[];
  readonly order: readonly string[];
  readonly order_rev: number;
  readonly late: readonly string[];
  readonly team_turn: TeamTurn | null;
  readonly newest_turn: string | null;
  readonly spoken: readonly SpokenTurn[];
  readonly forecast: ForecastView;
  readonly balance: readonly BalanceItem[];
  readonly suggestion: readonly SuggestionItem[];
  readonly counts: Counts;
  readonly notebook: NotebookView;
  readonly spoken_language: string | null;
  readonly spoken_languages: readonly string[];
  readonly undo: UndoView | null;
  readonly happenings: readonly Happening[];
  readonly messages: readonly SentMessage[];
  readonly roster_revision: number;
  readonly head: string;
}

export type View = PublicView | PersonalView | TeamView;

export type CaptionStatus = "partial" | "final" | "corrected" | "retracted" | "gap";

export type Origin = "human" | "machine";

export type GapReason = "interrupted" | "off_the_record" | "muted";

/** A caption segment as readers get it. Instants are session time. */
export interface WireCaption {
  readonly id: string;
  readonly revision: number;
  readonly status: CaptionStatus;
  readonly language: string;
  readonly origin: Origin;
  readonly is_translation: boolean;
  readonly text: string;
  readonly spoken_at: number;
  readonly position: number | null;
  readonly reason: GapReason | null;
  readonly ends_at: number | null;
  readonly label: string | null;
  readonly by: string | null;
  readonly changed_at: number | null;
}

/** Segments after position `after` up to `position`, and partials, which have none. */
export interface CaptionsFrame {
  readonly track: string;
  readonly after: number;
  readonly position: number;
  readonly segments: readonly WireCaption[];
  readonly more: boolean;
  readonly test: boolean;
}

export interface PresenceView {
  readonly person: string;
  readonly name: string;
  readonly role: Role;
  readonly connections: number;
}

export interface FeedView {
  readonly feed: string;
  readonly name: string;
  readonly tracks: readonly string[];
  readonly language: string;
  readonly source: boolean;
  readonly state: "ok" | "silent" | "muted" | "never";
  readonly last_at: number | null;
  readonly speech_delay: number | null;
  readonly delay: number | null;
  readonly dropped: number;
  readonly last_line: string;
  readonly pulled: "wordly" | "streamtext" | null;
  readonly link: "connecting" | "connected" | "refused" | null;
  readonly problem: string;
}

/** A file that somebody of the team waits for. Instants are real time. */
export interface MakingView {
  readonly id: string;
  readonly person: string | null;
  readonly name: string | null;
  readonly kind: string;
  readonly tier: Tier;
  readonly track: string | null;
  readonly since: number;
  readonly began: number | null;
  readonly ahead: number;
}

/** Who is connected and which feeds are alive: facts of this moment, for the team. */
export interface StatusView {
  readonly session: string;
  readonly at: number;
  readonly people: readonly PresenceView[];
  readonly readers: number;
  readonly feeds: readonly FeedView[];
  readonly making: readonly MakingView[];
  readonly engine: "ok" | "away";
}

/** Told to everyone when it changes: while the engine is away nothing can be changed. */
export interface EngineView {
  readonly engine: "ok" | "away";
}

/** `t`: the engine's time, in UTC milliseconds, when the server let this client in: the answer to its CONNECT. */
export interface TimeTold {
  readonly t: number;
}

/** The server goes. All come back within that time, each at a moment of its own, so as not to come all at once. */
export interface Leaving {
  readonly within_ms: number;
}

/** `used`, `allotted`, `overtime` and `over` (how many took longer) are of interventions whose time is told. */
export interface Total {
  readonly interventions: number;
  readonly untimed: number;
  readonly used: number;
  readonly allotted: number;
  readonly overtime: number;
  readonly over: number;
}

/** A group: what it said, and for how long. Of the interventions, the time of `untimed` ones is not told and not in `used`. */
export interface Row {
  readonly key: string;
  readonly interventions: number;
  readonly untimed: number;
  readonly used: number;
  readonly share_of_interventions: number;
  readonly share_of_time: number;
}

/** What was heard in ten minutes of the session, from `began_at` on; `by` constituency, as `Row.key`. */
export interface Bin {
  readonly began_at: number;
  readonly used: number;
  readonly by: Readonly<Record<string, number>>;
}

/** All interventions are told, or counted and nothing else (`counted`); begun and not heard to their end are `unfinished` ones (Q8): `total.interventions + counted == counts.heard + counts.video + unfinished`. */
export interface Statistics {
  readonly format: "isegoria-statistics/1";
  readonly tier: Tier;
  readonly counts: Counts;
  readonly counted: number;
  readonly unfinished: number;
  readonly total: Total;
  readonly constituencies: readonly Row[];
  readonly regions: readonly Row[];
  readonly countries: readonly Row[];
  readonly segments: readonly Row[];
  readonly first_time: readonly Row[];
  readonly bins: readonly Bin[];
  readonly handovers: number;
  readonly handover: number | null;
}

/** `kind`: the ending of its name. `of_track`: a transcript, of one track of captions. */
export interface ExportKind {
  readonly kind: string;
  readonly tiers: readonly Tier[];
  readonly of_track: boolean;
}

/** None until they were counted. */
export interface PaperWords {
  readonly publishable: number | null;
  readonly internal: number | null;
}

/** `words` is how long the working paper is, `limit` how long it may be. */
export interface ExportsOffered {
  readonly kinds: readonly ExportKind[];
  readonly words: PaperWords;
  readonly limit: number;
}

export interface HeldPart {
  readonly text: string;
  readonly is_name: boolean;
}

/** Whom the line may tell; `name` None: erased. */
export interface ToldPerson {
  readonly person: string;
  readonly name: string | null;
}

/** `position` is that of the revision with this text: a correction is decided anew. `entry`: who was speaking. */
export interface HeldLine {
  readonly track: string;
  readonly position: number;
  readonly language: string;
  readonly at: number;
  readonly entry: string;
  readonly parts: readonly HeldPart[];
  readonly persons: readonly ToldPerson[];
  readonly decision: PassageDecision | null;
}

/** In the order in which they were spoken. */
export interface HeldLines {
  readonly lines: readonly HeldLine[];
}

/** client -> server, always acknowledged. */
export interface ClientEvents {
  command: (request: CommandRequest, answer: (ack: CommandDone | Refusal) => void) => void;
  follow: (request: FollowRequest, answer: (ack: FollowDone | Refusal) => void) => void;
  clock: (request: ClockRequest, answer: (ack: ClockDone | Refusal) => void) => void;
}

/** server -> client. */
export interface ServerEvents {
  view: (payload: View) => void;
  captions: (payload: CaptionsFrame) => void;
  status: (payload: StatusView) => void;
  engine: (payload: EngineView) => void;
  time: (payload: TimeTold) => void;
  leaving: (payload: Leaving) => void;
}
