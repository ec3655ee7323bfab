// What may be done now, by whom, and what the one primary button does.
import type { Link } from "../../../connection";
import type { Role, SegmentView, TeamEntry, TeamView } from "../../../wire.gen";
import type { Say } from "./say";
import { say } from "./say";

/** `act`: the page may ask at all; else `why` says why it only shows. */
export interface May {
  readonly act: boolean;
  readonly why: Say | null;
}

const ACTING: ReadonlySet<Role> = new Set<Role>(["moderator", "secretariat"]);

/** Whether the role acts at all; where it does not, buttons are left out rather than switched off. */
export const acts = (view: TeamView): boolean => ACTING.has(view.me.role);

export function mayAct(view: TeamView, link: Link["state"], engineAway: boolean): May {
  if (link !== "live") return { act: false, why: say("moderator.why.reconnecting") };
  if (engineAway) return { act: false, why: say("moderator.why.engine_away") };
  if (!acts(view)) return { act: false, why: say("moderator.why.role") };
  if (view.state === "closed") return { act: false, why: say("moderator.why.closed") };
  return { act: true, why: null };
}

/** Everybody of the team may correct captions, rapporteurs too, and after the close as well. */
export const mayCorrect = (link: Link["state"], engineAway: boolean): boolean => link === "live" && !engineAway;

export interface FloorActs {
  readonly pause: boolean;
  readonly resume: boolean;
  readonly extend: boolean;
  readonly shorten: boolean;
  readonly end: boolean;
  readonly interrupt: boolean;
}

const STEP = 30_000;

/** Which buttons of the floor work. A turn is shortened by what is left of it, not into overtime (T6). */
export function floorActs(view: TeamView, may: May, now: number): FloorActs {
  const { floor, team_turn: turn } = view;
  const running = may.act && floor !== null && turn !== null;
  const on = running && view.state === "live";
  const left = floor ? (floor.zero_at === null ? (floor.left ?? 0) : floor.zero_at - now) : 0;
  const paused = floor?.paused_at != null;
  const interruptible = turn?.interruptible_at ?? null;
  return {
    pause: on && !paused,
    resume: on && paused,
    extend: on,
    shorten: on && left >= STEP,
    end: running,
    interrupt: on && interruptible !== null && now >= interruptible,
  };
}

export type Primary =
  | { readonly act: "open_doors" | "start_session" | "resume_session" | "close_session" | "none" }
  | { readonly act: "give_floor"; readonly entry: TeamEntry; readonly ends: string | null }
  | { readonly act: "start_segment"; readonly segment: SegmentView };

/** One primary button a screen: what the session's state asks for next. */
export function primary(view: TeamView): Primary {
  switch (view.state) {
    case "scheduled":
      return { act: "open_doors" };
    case "open":
      return { act: "start_session" };
    case "suspended":
      return { act: "resume_session" };
    case "closed":
      return { act: "none" };
    case "live":
      return livePrimary(view);
  }
}

function livePrimary(view: TeamView): Primary {
  const entry = nextEntries(view)[0];
  const ahead = nextSegment(view);
  const later =
    entry !== undefined && entry.kind !== "point_of_order" && place(view, entry.segment) > place(view, view.segment);
  if (entry && (view.floor || !later || !ahead)) {
    return { act: "give_floor", entry, ends: view.floor ? (view.floor.who.name ?? view.floor.who.organisation) : null };
  }
  if (ahead && !view.floor) return { act: "start_segment", segment: ahead };
  return { act: view.floor ? "none" : "close_session" };
}

const place = (view: TeamView, segment: string | null): number => view.segments.findIndex((s) => s.id === segment);

/** The agenda's next segment; null in the last one. */
export function nextSegment(view: TeamView): SegmentView | null {
  return view.segments[place(view, view.segment) + 1] ?? null;
}

/** Those who come next, as entries; the head of the order where the view names none. */
export function nextEntries(view: TeamView): TeamEntry[] {
  const named = view.next.map((n) => n.entry);
  const ids = named.length > 0 ? named : view.order.slice(0, 3);
  return ids.slice(0, 3).flatMap((id) => view.entries.find((e) => e.id === id) ?? []);
}
