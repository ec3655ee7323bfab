// Instants and durations as text. Instants are UTC ms; zones are IANA names; nothing but Intl knows their rules.

const SECOND = 1_000;

/** "2:14" of a remainder in ms, rounded up, so that 0:00 shows when it is used up; "+0:04" of one that is negative. */
export function figures(left: number): string {
  return left > 0 ? minutesSeconds(Math.ceil(left / SECOND)) : `+${minutesSeconds(Math.floor(-left / SECOND))}`;
}

/** "3:00" of a duration in ms, to the nearest second. */
export function duration(ms: number): string {
  return minutesSeconds(Math.round(Math.max(0, ms) / SECOND));
}

/** Whole minutes, rounded up: what "about N minutes" may promise. */
export function minutes(ms: number): number {
  return Math.max(0, Math.ceil(ms / 60_000));
}

function minutesSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** "16:15" in a zone; without one in the reader's own. */
export function timeOfDay(instant: number, zone: string | undefined, locale: string): string {
  return format(instant, locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...in_(zone) });
}

/** "16:05:12" in a zone. */
export function timeWithSeconds(instant: number, zone: string | undefined, locale: string): string {
  const fields = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
  return format(instant, locale, { ...fields, ...in_(zone) });
}

/** "2 July" in a zone. */
export function dayOf(instant: number, zone: string | undefined, locale: string): string {
  return format(instant, locale, { day: "numeric", month: "long", ...in_(zone) });
}

/** "Tuesday 15 July 2025" in a zone. */
export function longDay(instant: number, zone: string | undefined, locale: string): string {
  return format(instant, locale, { weekday: "long", day: "numeric", month: "long", year: "numeric", ...in_(zone) });
}

/** What a zone is called at an instant: "CEST" in summer, "GMT-3" where there is no short name. */
export function zoneName(instant: number, zone: string, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "short" }).formatToParts(instant);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

/** The reader's own zone. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Whether clocks of two zones show something else at an instant. */
export function differ(instant: number, one: string, other: string): boolean {
  return wall(instant, one) !== wall(instant, other);
}

/** Whether it is another day in two zones at an instant (Auckland: 01:00 on 2 July). */
export function otherDay(instant: number, one: string, other: string): boolean {
  return wall(instant, one).slice(0, 10) !== wall(instant, other).slice(0, 10);
}

function wall(instant: number, zone: string): string {
  const fields = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat("sv-SE", { ...fields, timeZone: zone }).format(instant);
}

function in_(zone: string | undefined): Intl.DateTimeFormatOptions {
  return zone === undefined ? {} : { timeZone: zone };
}

function format(instant: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, options).format(instant);
}
