// From the figures to what is drawn: lengths as shares of the longest, instants as places on an axis, keys as names.
import { nameOfSegment } from "../../../agenda";
import { t } from "../../../i18n";
import { countryName } from "../../../people";
import type { Bin, Constituency, Region, Row, SegmentView, Statistics, Total } from "../../../wire.gen";

export const GROUPS = ["constituencies", "regions", "segments", "first_time"] as const;
export type Group = (typeof GROUPS)[number] | "countries";

/** The groups that are no group: those told together, and those who did not declare theirs. */
export const TOGETHER = "together";
export const UNKNOWN = "unknown";

/** How a row's bar is drawn; what is no group looks like none. */
export type Fill = "group" | typeof TOGETHER | typeof UNKNOWN;

export interface BarRow extends Row {
  readonly name: string;
  readonly fill: Fill;
  /** Of the longest of the table, 0 to 1. */
  readonly length: number;
}

export function bars(group: Group, rows: readonly Row[], segments: readonly SegmentView[]): readonly BarRow[] {
  const longest = Math.max(1, ...rows.map(({ used }) => used));
  return rows.map((row) => ({
    ...row,
    name: nameOfKey(group, row.key, segments),
    fill: fillOf(row.key),
    length: row.used / longest,
  }));
}

export function fillOf(key: string): Fill {
  return key === TOGETHER || key === UNKNOWN ? key : "group";
}

export function nameOfKey(group: Group, key: string, segments: readonly SegmentView[]): string {
  if (key === TOGETHER) return t("statistics.together");
  if (group === "segments") return nameOfSegment(segments, key) || t("statistics.segment.none");
  if (key === UNKNOWN) return t("constituency.unknown");
  if (group === "constituencies") return t(`constituency.${key as Constituency}`);
  if (group === "regions") return t(`region.${key as Region}`);
  if (group === "countries") return countryName(key);
  return t(key === "yes" ? "statistics.first.yes" : "statistics.first.no");
}

/** The time that was allotted and what went over it, on one scale; 0 to 1 each, and 1 together. */
export function against({ used, allotted, overtime }: Total): { within: number; left: number; over: number } {
  const within = Math.min(allotted, used - overtime);
  const whole = Math.max(1, allotted + overtime);
  return { within: within / whole, left: (allotted - within) / whole, over: overtime / whole };
}

export interface Strip {
  readonly key: string;
  readonly used: number;
  /** One of each ten minutes, in ms. */
  readonly parts: readonly number[];
}

/** When each constituency was heard, in the order of the table of constituencies. */
export function strips({ bins, constituencies }: Statistics): readonly Strip[] {
  return constituencies
    .map(({ key }) => ({ key, parts: bins.map(({ by }) => by[key] ?? 0) }))
    .map(({ key, parts }) => ({ key, parts, used: parts.reduce((sum, part) => sum + part, 0) }))
    .filter(({ used }) => used > 0);
}

export const TEN_MINUTES = 600_000;
const HEIGHTS = [1, 2, 3, 5, 10].map((minutes) => minutes * 60_000);

/** What the height of a strip stands for: a round number of minutes that the longest of them fits into. */
export function scaleOf(shown: readonly Strip[]): number {
  const longest = Math.max(0, ...shown.flatMap(({ parts }) => parts));
  return HEIGHTS.find((height) => height >= longest) ?? TEN_MINUTES;
}

/** The ten minutes in which most was heard, the first of several. */
export function fullest(bins: readonly Bin[]): Bin | null {
  return bins.reduce<Bin | null>((most, bin) => (bin.used > (most?.used ?? 0) ? bin : most), null);
}

export interface Tick {
  readonly at: number;
  /** From the start of the axis to its end, 0 to 1. */
  readonly place: number;
  /** Told where there is little room, too. */
  readonly major: boolean;
}

/** Round steps between the ticks of an axis, in bins. */
const STEPS = [1, 2, 3, 6, 12, 24, 48];
const MOST_TICKS = 7;

/** So many that their times do not touch; every other one where there is half the room. */
export function ticks(bins: readonly Bin[]): readonly Tick[] {
  const step = STEPS.find((each) => bins.length / each <= MOST_TICKS) ?? Math.ceil(bins.length / MOST_TICKS);
  return bins
    .map(({ began_at: at }, number) => ({ at, number }))
    .filter(({ number }) => number % step === 0)
    .map(({ at, number }, index) => ({ at, place: number / bins.length, major: index % 2 === 0 }));
}

export const isEmpty = ({ total, counted }: Statistics): boolean => total.interventions + counted === 0;

const COUNTED = ["heard", "video", "speaking", "waiting", "late", "not_heard", "withdrawn"] as const;

/** What became of the requests, without what there was none of. */
export function requests({ counts }: Statistics): readonly { key: (typeof COUNTED)[number]; n: number }[] {
  return COUNTED.map((key) => ({ key, n: counts[key] })).filter(({ n }) => n > 0);
}

/** What has to be explained, since it is there. */
export function toExplain(told: Statistics): readonly ("together" | "unknown" | "untimed" | "counted")[] {
  const rows = [told.constituencies, told.regions, told.countries, told.first_time].flat();
  const there = {
    together: rows.some(({ key }) => key === TOGETHER),
    unknown: rows.some(({ key }) => key === UNKNOWN),
    untimed: told.total.untimed > 0,
    counted: told.counted > 0,
  };
  return (["together", "unknown", "untimed", "counted"] as const).filter((each) => there[each]);
}
