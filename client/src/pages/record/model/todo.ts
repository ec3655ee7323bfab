// What is left to do on the record, and where the next of it is.
import type { TrackState } from "../../../captions";
import type { QuoteView } from "../../../wire.gen";
import type { Intervention } from "./interventions";
import { passageOf } from "./passage";

export const TASKS = ["tag", "quote", "gist"] as const;
export type Task = (typeof TASKS)[number];

export interface ToDo {
  readonly task: Task;
  /** How many: interventions, or quotes. */
  readonly n: number;
  /** The interventions with it, in their order. */
  readonly entries: readonly string[];
}

/** How a quote's track stands, as far as it is known on this page. */
export type Known = (track: string) => TrackState;

/**
 * A tag is missing where there is none; a gist when the turn is over; a quote is to confirm unless no machine wrote it
 * (R7). Who is not in the report needs nothing.
 */
export function toDo(all: readonly Intervention[], known: Known): readonly ToDo[] {
  const told = all.filter(({ entry }) => entry.attribution !== "not_for_report");
  const open = (each: Intervention): number => each.notes.quotes.filter((quote) => isOpen(quote, known)).length;
  const counted = (task: Task, count: (each: Intervention) => number): ToDo => ({
    task,
    n: told.reduce((n, each) => n + count(each), 0),
    entries: told.filter((each) => count(each) > 0).map(({ entry }) => entry.id),
  });
  return [
    counted("tag", ({ notes }) => Number(notes.tags.length === 0)),
    counted("quote", open),
    counted("gist", ({ notes, running }) => Number(!running && notes.gist === null)),
  ];
}

/** Whether it waits to be heard in the recording. */
export function isOpen(quote: QuoteView, known: Known): boolean {
  return quote.confirmed_by === null && (passageOf(known(quote.track), quote)?.machine ?? true);
}

/** The next one with something to do, after the one that is shown, then from the start. */
export function nextOf({ entries }: ToDo, all: readonly Intervention[], present: string | null): string | null {
  const order = all.map(({ entry }) => entry.id);
  const at = present === null ? -1 : order.indexOf(present);
  const ahead = [...order.slice(at + 1), ...order.slice(0, at + 1)];
  return ahead.find((entry) => entries.includes(entry)) ?? null;
}
