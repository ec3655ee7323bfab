// What the record holds so far: how many interventions from each region on each topic, and where there are none yet.
import type { Region, SegmentView, TeamView } from "../../../wire.gen";
import { interventions } from "./interventions";

/** UCLG's sections that are places; the two that overlap with them stand in the table when somebody is of them. */
const PLACES: readonly Region[] = [
  "africa",
  "asia_pacific",
  "eurasia",
  "europe",
  "latin_america",
  "middle_east_west_asia",
  "north_america",
];

export type MatrixRegion = Region | "unknown";

export interface MatrixRow {
  readonly region: MatrixRegion;
  /** Interventions on each topic, in the agenda's order. */
  readonly counts: readonly number[];
}

export interface Matrix {
  readonly topics: readonly SegmentView[];
  readonly rows: readonly MatrixRow[];
}

/** A row for each region of those who are on the list, and "unknown" where somebody has declared none (Q3). */
export function matrix(view: TeamView): Matrix {
  const topics = view.segments.filter(({ kind }) => kind === "topic");
  const heard = interventions(view).map(({ entry }) => entry);
  const regions = new Set(view.entries.filter(isTaking).map(({ who }): MatrixRegion => who.region ?? "unknown"));
  const known: readonly MatrixRegion[] = [...PLACES, "metropolis", "regions", "unknown"];
  const rows = known
    .filter((region) => regions.has(region))
    .map((region) => ({
      region,
      counts: topics.map(
        ({ id }) => heard.filter(({ segment, who }) => segment === id && (who.region ?? "unknown") === region).length,
      ),
    }));
  return { topics, rows };
}

/** A topic on which nothing was said. `begins`: about when it does, null once it has begun. */
export interface TopicGap {
  readonly number: number;
  readonly title: string;
  readonly begins: number | null;
}

export interface Gaps {
  readonly topics: readonly TopicGap[];
  readonly regions: readonly Region[];
}

export function gaps(view: TeamView, now: number): Gaps {
  const { topics, rows } = matrix(view);
  const total = (region: Region): number => rows.find((row) => row.region === region)?.counts.reduce(sum, 0) ?? 0;
  return {
    topics: topics.flatMap((topic, index) => {
      if (rows.some(({ counts }) => (counts[index] ?? 0) > 0)) return [];
      return [{ number: index + 1, title: topic.title, begins: beginsAt(view, topic, now) }];
    }),
    regions: PLACES.filter((region) => total(region) === 0),
  };
}

const isTaking = ({ status }: { readonly status: string }): boolean => status !== "withdrawn";
const sum = (a: number, b: number): number => a + b;

/** As planned from the part that runs, which ends at the earliest now; null for one that has begun, or never will. */
function beginsAt(view: TeamView, topic: SegmentView, now: number): number | null {
  const at = view.segments.indexOf(topic);
  const current = view.segments.findIndex(({ id }) => id === view.segment);
  if (at <= current || view.state === "closed") return null;
  const running = view.segments[current];
  const ends = running
    ? Math.max(now, (running.began_at ?? now) + running.planned)
    : Math.max(now, view.started_at ?? view.starts_at);
  const between = view.segments.slice(current + 1, at).reduce((time, { planned }) => time + planned, 0);
  return ends + between;
}
