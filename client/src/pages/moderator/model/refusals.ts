// Refusals in the page's language: what is true now, from the code, its detail and the view.
import type { Code, EntryStatus, ErrorBody, TeamView } from "../../../wire.gen";
import type { Key } from "../../../i18n";
import type { Say } from "./say";
import { say } from "./say";

/** The sentence of each code; null where the server's own words say more than a code can. */
const SENTENCES: Readonly<Record<Code, Key | null>> = {
  wrong_state: "moderator.refusal.stale",
  turn_running: "moderator.refusal.turn_running",
  rehearsal_only: "moderator.refusal.rehearsal_only",
  unknown_segment: "moderator.refusal.unknown_segment",
  too_early: "moderator.refusal.too_early",
  no_change: "moderator.refusal.no_change",
  stale: "moderator.refusal.stale",
  floor_taken: "moderator.refusal.turn_running",
  unknown_entry: "moderator.refusal.unknown_entry",
  unknown_person: "moderator.refusal.unknown_person",
  already_waiting: "moderator.refusal.already_waiting",
  organisation_waiting: "moderator.refusal.organisation_waiting",
  list_closed: "moderator.refusal.list_closed",
  not_yours: "moderator.refusal.forbidden",
  out_of_bounds: "moderator.refusal.out_of_bounds",
  unknown_feed: "moderator.refusal.unknown_feed",
  already_paused: "moderator.refusal.already_paused",
  not_paused: "moderator.refusal.not_paused",
  nothing_to_undo: "moderator.refusal.nothing_to_undo",
  superseded: "moderator.refusal.superseded",
  forbidden: "moderator.refusal.forbidden",
  unauthorised: "moderator.refusal.unauthorised",
  malformed: null,
  unknown_event: null,
  unknown_session: null,
  id_reused: null,
  full: "moderator.refusal.full",
  too_large: null,
  too_many: "moderator.refusal.too_many",
  busy: "moderator.refusal.busy",
  engine_away: "moderator.refusal.engine_away",
  internal: null,
};

/** Null when the server's message is the best there is. */
export function refusal(error: ErrorBody, view: TeamView, now: number): Say | null {
  const { code, detail } = error;
  if (code === "floor_taken" || code === "turn_running") return hasFloor(error, view, now);
  if (code === "wrong_state") return say(`moderator.refusal.wrong_state.${view.state}`);
  if (code === "stale" && "turn" in detail)
    return view.floor ? hasFloor(error, view, now) : say("moderator.refusal.no_floor");
  if (code === "stale" && "order_rev" in detail) return say("moderator.refusal.stale_order");
  if (code === "stale" && isStatus(detail["status"]) && typeof detail["name"] === "string")
    return say(`moderator.refusal.is.${detail["status"]}`, { who: detail["name"] });
  if (code === "already_waiting" && typeof detail["name"] === "string")
    return say("moderator.refusal.already_waiting.who", { who: detail["name"] });
  if (code === "organisation_waiting" && typeof detail["name"] === "string")
    return say("moderator.refusal.organisation_waiting.who", {
      who: detail["name"],
      organisation: String(detail["organisation_name"] ?? ""),
    });
  const key = SENTENCES[code];
  return key ? say(key) : null;
}

/** "Wanjiru Kamau already has the floor (given by Marta, 2 s ago)." */
function hasFloor({ detail }: ErrorBody, view: TeamView, now: number): Say {
  const who = text(detail["name"]) ?? view.floor?.who.name ?? view.floor?.who.organisation ?? "";
  const began = typeof detail["began_at"] === "number" ? detail["began_at"] : (view.floor?.began_at ?? now);
  const by = text(detail["given_by"]) ?? view.team_turn?.given_by;
  const n = Math.max(0, Math.round((now - began) / 1_000));
  if (!who) return say("moderator.refusal.turn_running");
  if (n > 60) return say("moderator.refusal.has_floor", { who });
  return by ? say("moderator.refusal.given_by", { who, by, n }) : say("moderator.refusal.given", { who, n });
}

const text = (value: unknown): string | null => (typeof value === "string" && value ? value : null);

const STATUSES = [
  "late",
  "waiting",
  "called",
  "absent",
  "interrupted",
  "speaking",
  "heard",
  "not_heard",
  "withdrawn",
] as const;
const isStatus = (value: unknown): value is EntryStatus => STATUSES.some((status) => status === value);
