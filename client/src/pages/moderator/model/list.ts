// The list of speakers as rows: where each request stands, in words and a shape, and what may be done with it.
import type { ShapeName } from "../../../components/Shape";
import type { Tone } from "../../../components/Chip";
import type { StatusView, TeamEntry, TeamView } from "../../../wire.gen";
import { presenceOf } from "./floor";
import type { May } from "./may";
import { nextEntries } from "./may";
import type { Say, Writing } from "./say";
import { say } from "./say";

export interface Standing {
  readonly tone: Tone | undefined;
  /** A shape that repeats what the words say. */
  readonly shape: ShapeName;
  readonly say: Say;
}

const ABSENT_AFTER = 20_000;
/** The first two are asked whether they are ready (Q9): their silence means something. */
const ASKED = 2;

/** Where a request stands. `place` counts from 0 in the order; -1 while nobody is called. */
export function standing(
  entry: TeamEntry,
  status: StatusView | null,
  place: number,
  now: number,
  w: Writing,
): Standing {
  switch (entry.status) {
    case "called":
      return {
        tone: "stop",
        shape: "quarter",
        say: say("moderator.stand.called", { time: w.duration(now - (entry.called_at ?? now)) }),
      };
    case "late":
      return { tone: "warn", shape: "ring", say: say("moderator.stand.late") };
    case "speaking":
      return { tone: "accent", shape: "dot", say: say("moderator.stand.speaking") };
    case "heard":
      return { tone: "go", shape: "check", say: say("moderator.stand.heard") };
    case "not_heard":
      return { tone: "stop", shape: "cross", say: say("moderator.stand.not_heard") };
    case "withdrawn":
      return { tone: undefined, shape: "square", say: say("moderator.stand.withdrawn") };
    default:
      return expected(entry, status, place);
  }
}

function expected(entry: TeamEntry, status: StatusView | null, place: number): Standing {
  if (entry.readiness === "ready") return { tone: "go", shape: "check", say: say("moderator.stand.ready") };
  if (entry.readiness === "moment") return { tone: "warn", shape: "quarter", say: say("moderator.stand.moment") };
  if (entry.delivery === "video") return { tone: undefined, shape: "play", say: say("moderator.stand.video") };
  const presence = presenceOf(status, entry.person);
  if (presence === "unknown") return { tone: undefined, shape: "ring", say: say("moderator.stand.unknown") };
  if (presence === "away") return { tone: "stop", shape: "cross", say: say("moderator.stand.away") };
  if (place >= 0 && place < ASKED) return { tone: "accent", shape: "ring", say: say("moderator.stand.silent") };
  return { tone: "accent", shape: "ring", say: say("moderator.stand.connected") };
}

/** What makes an entry different from others, beside its state. */
export function remarks(entry: TeamEntry, general: number, w: Writing): Say[] {
  const told: Say[] = [];
  if (entry.kind !== "statement") told.push(say(`moderator.kind.${entry.kind}`));
  if (entry.on_behalf_of.length > 0)
    told.push(say("moderator.remark.joint", { n: entry.on_behalf_of.length + (entry.organisation ? 1 : 0) }));
  if (entry.delivery === "video") told.push(say("moderator.remark.video", { time: w.duration(entry.allotted) }));
  if (entry.remaining !== null) told.push(say("moderator.remark.interrupted", { time: w.duration(entry.remaining) }));
  else if (entry.allowance > 0) told.push(say("moderator.remark.allowance", { time: w.duration(entry.allowance) }));
  else if (entry.delivery === "live" && entry.allotted !== general)
    told.push(say("moderator.remark.allotted", { time: w.duration(entry.allotted) }));
  if (entry.protected) told.push(say("moderator.remark.protected"));
  if (entry.absences > 0) told.push(say("moderator.remark.absent", { n: entry.absences }));
  if (entry.first_time === true) told.push(say("moderator.remark.first_time"));
  return told;
}

/** Ms until a called speaker may be marked absent (Q5): 0 when they may, null when they were not called. */
export function absentIn(entry: TeamEntry, now: number): number | null {
  if (entry.status !== "called" || entry.called_at === null) return null;
  return Math.max(0, entry.called_at + ABSENT_AFTER - now);
}

export type RowAct =
  | "up"
  | "down"
  | "place"
  | "give"
  | "call"
  | "absent"
  | "defer"
  | "withdraw"
  | "substitute"
  | "allow_30"
  | "allow_60"
  | "allow_none"
  | "message"
  | "admit";

/** What the menu of a row offers, in its order. */
export function rowActs(view: TeamView, entry: TeamEntry, may: May, now: number): RowAct[] {
  if (!may.act) return [];
  if (entry.status === "late") return ["admit", "withdraw", "substitute", "message"];
  const place = view.order.indexOf(entry.id);
  if (place < 0) return ["message"];
  const acts: [RowAct, boolean][] = [
    ["give", view.state === "live"],
    ["up", place > 0],
    ["down", place < view.order.length - 1],
    ["place", view.order.length > 1],
    ["call", view.state === "live"],
    ["absent", absentIn(entry, now) === 0],
    ["message", true],
    ["allow_30", entry.delivery === "live"],
    ["allow_60", entry.delivery === "live"],
    ["allow_none", entry.allowance > 0],
    ["substitute", true],
    ["defer", true],
    ["withdraw", true],
  ];
  return acts.filter(([, offered]) => offered).map(([act]) => act);
}

export interface Group {
  readonly segment: string;
  readonly rows: readonly TeamEntry[];
}

/** The list after the next three, as it will be called: a group for each stretch of one segment. */
export function groups(view: TeamView, wanted: string): Group[] {
  const shown = new Set(nextEntries(view).map((e) => e.id));
  const rows = view.order.flatMap(
    (id) => view.entries.find((e) => e.id === id && (wanted !== "" || !shown.has(id))) ?? [],
  );
  const found: { segment: string; rows: TeamEntry[] }[] = [];
  for (const entry of rows.filter((e) => matches(e, wanted))) {
    const last = found.at(-1);
    if (last?.segment === entry.segment) last.rows.push(entry);
    else found.push({ segment: entry.segment, rows: [entry] });
  }
  return found;
}

/** Whether an entry is meant by what was typed: any part of name, organisation or city, accents aside. */
export function matches(entry: TeamEntry, wanted: string): boolean {
  const { name, organisation, city, country, substitute_for: instead } = entry.who;
  const text = plain([name, organisation, city, country, instead].filter(Boolean).join(" "));
  return plain(wanted)
    .split(/\s+/u)
    .every((word) => text.includes(word));
}

const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
