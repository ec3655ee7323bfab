// The aside: what is on today and when, for this reader.

import { segmentName } from "../../../agenda";
import { differ, otherDay } from "../../../time";
import type { SegmentView, WrittenInputView } from "../../../wire.gen";
import type { SharedView } from "./shared";

export interface AgendaItem {
  readonly id: string;
  readonly name: string;
  readonly state: "past" | "now" | "ahead";
}

export function agendaOf(view: SharedView): AgendaItem[] {
  const now = view.segments.findIndex(({ id }) => id === view.segment);
  return view.segments.map((segment, index) => ({
    id: segment.id,
    name: segmentName(view.segments, segment),
    state: stateOf(view, index, now),
  }));
}

function stateOf(view: SharedView, index: number, now: number): AgendaItem["state"] {
  if (view.state === "closed" || index < now) return "past";
  return index === now ? "now" : "ahead";
}

export function currentSegment(view: SharedView): SegmentView | null {
  return view.segments.find(({ id }) => id === view.segment) ?? null;
}

/** When the session is, in its own zone, and in the reader's where clocks there show something else. */
export interface Hours {
  readonly from: number;
  readonly to: number;
  readonly zone: string;
  readonly own: string | null;
  /** It is another day there. */
  readonly otherDay: boolean;
}

export function hoursOf(view: SharedView, own: string): Hours {
  const { starts_at: from, ends_at: to, timezone: zone } = view;
  return { from, to, zone, own: differ(from, zone, own) ? own : null, otherDay: otherDay(from, zone, own) };
}

/** The deadlines for written input that are still to come, the nearest first. */
export function openDeadlines(view: SharedView, now: number): WrittenInputView[] {
  return view.written_input.filter(({ at }) => at > now).sort((a, b) => a.at - b.at);
}
