// The interventions as the rapporteur walks through them: what was spoken, in order, with what was noted on it.
import type { NotesView, TeamEntry, TeamView, TurnView } from "../../../wire.gen";

/** One delivered turn, in one or more parts (R2). */
export interface Intervention {
  readonly entry: TeamEntry;
  /** In the order in which they were spoken; there is one at least. */
  readonly turns: readonly TurnView[];
  readonly running: boolean;
  readonly notes: NotesView;
}

export const SORTS = ["practice", "challenge", "request"] as const;

/** All that were given the floor, by when they began. */
export function interventions(view: TeamView): readonly Intervention[] {
  const entries = new Map(view.entries.map((entry) => [entry.id, entry]));
  const notes = new Map(view.notebook.notes.map((one) => [one.entry, one]));
  const spoken = new Map<string, TurnView[]>();
  for (const turn of [...view.turns].sort((a, b) => a.began_at - b.began_at)) {
    const entry = entryOf(view, turn.id);
    if (entry) spoken.set(entry, [...(spoken.get(entry) ?? []), turn]);
  }
  return [...spoken].flatMap(([id, turns]) => {
    const entry = entries.get(id);
    if (!entry) return [];
    return [{ entry, turns, running: view.floor?.entry === id, notes: notes.get(id) ?? nothingNoted(id) }];
  });
}

/** The one to show: that which was chosen, else the one that is spoken now, else the newest. */
export function shown(all: readonly Intervention[], chosen: string | null): Intervention | null {
  return all.find(({ entry }) => entry.id === chosen) ?? all.find(({ running }) => running) ?? all.at(-1) ?? null;
}

/** The neighbour in the list, `by` places on; the same at its ends. */
export function neighbour(all: readonly Intervention[], present: string | null, by: number): string | null {
  const at = all.findIndex(({ entry }) => entry.id === present);
  return (all[at + by] ?? all[at])?.entry.id ?? null;
}

export const began = ({ turns }: Intervention): number => turns[0]?.began_at ?? 0;

export const isSort = (tag: string): tag is (typeof SORTS)[number] => SORTS.some((sort) => sort === tag);

function entryOf({ floor, spoken }: TeamView, turn: string): string | null {
  return floor?.turn === turn ? floor.entry : (spoken.find((one) => one.turn === turn)?.entry ?? null);
}

const nothingNoted = (entry: string): NotesView => ({ entry, tags: [], gist: null, notes: [], quotes: [] });
