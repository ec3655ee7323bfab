// What came in writing, put beside what was spoken; and who was not heard and has handed in nothing.
import { CEILING } from "../../../contributions";
import { occasionOf, type Occasion } from "../../../handing";
import type { ContributionView, TeamEntry, TeamView, TurnView } from "../../../wire.gen";

export interface Came {
  readonly one: ContributionView;
  /** The intervention that it belongs to; null: none, or one that is withdrawn since. */
  readonly entry: TeamEntry | null;
  readonly when: Occasion["when"];
  /** When that intervention began, if it was spoken. */
  readonly spokenAt: number | null;
  /** What the report may not tell. */
  readonly mark: "protected" | "left_out" | null;
}

/** Newest first. */
export function came(view: TeamView): readonly Came[] {
  return [...view.notebook.contributions].reverse().map((one) => {
    const own = view.entries.filter(({ person }) => person === one.person);
    const entry = view.entries.find(({ id }) => id === one.entry) ?? null;
    const when = entry ? occasionOf(entry).when : "none";
    return { one, entry, when, spokenAt: entry && beganAt(view, entry.id), mark: markOf(own) };
  });
}

function beganAt({ turns, spoken, floor }: TeamView, entry: string): number | null {
  const own = (turn: TurnView): boolean =>
    (floor?.turn === turn.id && floor.entry === entry) ||
    spoken.some((one) => one.turn === turn.id && one.entry === entry);
  const began = turns.filter(own).map(({ began_at }) => began_at);
  return began.length > 0 ? Math.min(...began) : null;
}

function markOf(entries: readonly TeamEntry[]): Came["mark"] {
  if (entries.some(({ attribution }) => attribution === "not_for_report")) return "left_out";
  return entries.some((entry) => entry.protected) ? "protected" : null;
}

/** Q8: the first request that was not heard of each who was not heard at all and has handed in nothing. */
export function toAsk({ entries, notebook }: TeamView): readonly TeamEntry[] {
  const answered = new Set(notebook.contributions.map(({ person }) => person));
  for (const entry of entries) if (occasionOf(entry).when === "spoken") answered.add(entry.person);
  return entries.filter(({ status, person }) => {
    if (status !== "not_heard" || answered.has(person)) return false;
    answered.add(person);
    return true;
  });
}

/** How many were not heard, whether they have handed in something or not. */
export function unheard({ entries }: TeamView): number {
  return new Set(entries.filter(({ status }) => status === "not_heard").map(({ person }) => person)).size;
}

export interface Room {
  readonly used: number;
  readonly left: number;
}

/** Bytes of the session's files. */
export function room({ notebook }: TeamView): Room {
  const used = notebook.contributions.reduce((sum, { size }) => sum + size, 0);
  return { used, left: Math.max(0, CEILING - used) };
}
