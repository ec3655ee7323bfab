// Sentences of this page that more than one place says.

import { locale, t } from "../../../i18n";
import { languageName } from "../../../people";
import { dayOf, differ, duration, longDay, otherDay, ownZone, timeOfDay, zoneName } from "../../../time";
import type { TrackView, WrittenInputView } from "../../../wire.gen";
import { ownName } from "./languages";
import type { Hours } from "./agenda";
import type { Notice } from "./notices";
import type { Gap, Made } from "./text";

export function gapText({ reason, lasted }: Gap): string {
  if (reason === "off_the_record") return t("attendee.gap.off_the_record");
  const cause = reason === "muted" ? "muted" : "gap";
  if (lasted === null) return t(`attendee.${cause}.now`);
  return lasted < 90_000
    ? t(`attendee.${cause}.seconds`, { n: Math.max(1, Math.round(lasted / 1_000)) })
    : t(`attendee.${cause}.minutes`, { n: Math.round(lasted / 60_000) });
}

/** That a machine made it, and what counts; empty where persons did. */
export function machineText(made: ReadonlySet<Made>): string {
  if (!made.has("translation")) return made.has("by_machine") ? t("attendee.machine.captions") : "";
  return t(made.size > 1 ? "attendee.machine.partly" : "attendee.machine.translation");
}

export function trackText(track: TrackView): string {
  return ownName(track) ?? t("attendee.as_spoken");
}

/** That the team has switched these captions off. */
export function mutedText(track: TrackView): string {
  if (ownName(track) === null) return t("attendee.muted.floor");
  return t("attendee.muted", { language: languageName(track.language) });
}

/** That a track has nothing to read yet. */
export function emptyTitle(track: TrackView): string {
  if (ownName(track) === null) return t("attendee.empty.floor");
  return t("attendee.empty.language", { language: languageName(track.language) });
}

/** "15:00–17:00 CEST" and, where it differs, "16:00–18:00 where you are". */
export function hoursText(hours: Hours): string[] {
  const { from, to, zone, own } = hours;
  const there = `${span(from, to, zone)} ${zoneName(from, zone, locale())}`;
  if (own === null) return [there];
  const range = span(from, to, own);
  if (!hours.otherDay) return [there, t("attendee.hours", { range })];
  return [there, t("attendee.hours.day", { range, day: dayOf(from, own, locale()) })];
}

export function deadlineText({ at, timezone }: WrittenInputView, own = ownZone()): string {
  return t("attendee.write.until", { day: longDay(at, timezone, locale()), time: bothTimes(at, timezone, own) });
}

export function noticeText(notice: Notice, zone: string): string {
  if (notice.kind === "limit") return t("attendee.notice.limit", { limit: duration(notice.limit) });
  if (notice.kind === "moved") return t("attendee.notice.moved", { time: bothTimes(notice.ends_at, zone) });
  if (notice.kind === "recording" || notice.kind === "chatham_house")
    return t(`attendee.notice.${notice.kind}.${notice.on ? "on" : "off"}`);
  return t(`attendee.notice.${notice.kind}`);
}

/** "17:10 CEST" and, where clocks show something else, "(03:10 on 2 July where you are)" (S1). */
export function bothTimes(at: number, zone: string, own = ownZone()): string {
  const there = clockOf(at, zone);
  if (!differ(at, zone, own)) return there;
  return t("attendee.both_times", { there, here: hereText(at, zone, own) });
}

/** An instant where the reader is: "03:10", or "03:10 on 2 July" where it is another day. */
export function hereText(at: number, zone: string, own: string): string {
  const time = timeOfDay(at, own, locale());
  return otherDay(at, zone, own) ? t("attendee.on_day", { time, day: dayOf(at, own, locale()) }) : time;
}

// "17:10 CEST", never broken over two lines.
function clockOf(at: number, zone: string): string {
  return `${timeOfDay(at, zone, locale())}\u00a0${zoneName(at, zone, locale())}`;
}

function span(from: number, to: number, zone: string): string {
  return `${timeOfDay(from, zone, locale())}–${timeOfDay(to, zone, locale())}`;
}
