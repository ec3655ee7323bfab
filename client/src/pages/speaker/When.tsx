import { locale, rich, t } from "../../i18n";
import { dayOf, differ, otherDay, ownZone, timeOfDay } from "../../time";
import type { PersonalView } from "../../wire.gen";

/** An expected time in the session's zone and, where clocks differ, in the reader's own. */
export function Expected({ view, at, now }: { view: PersonalView; at: number | null; now: number }) {
  if (at === null) return <p class="quiet">{t("speaker.expected.unknown")}</p>;
  if (at <= now) return <p class="expected">{t("speaker.expected.soon")}</p>;
  const time = timeOfDay(at, view.timezone, locale());
  return (
    <p class="expected">
      {rich("speaker.expected", { time: <b>{time}</b> })}
      <OwnTime view={view} at={at} />
    </p>
  );
}

/** "11:15 where you are (Porto Alegre)"; nothing where it is the session's time. */
export function OwnTime({ view, at }: { view: PersonalView; at: number }) {
  const zone = ownZone();
  if (!differ(at, view.timezone, zone)) return null;
  const time = timeOfDay(at, zone, locale());
  const city = cityOf(view, zone);
  const day = dayOf(at, zone, locale());
  return (
    <span class="own-time">
      {otherDay(at, view.timezone, zone)
        ? t("speaker.own_time.day", { time, day, city })
        : t("speaker.own_time", { time, city })}
    </span>
  );
}

/** The registered city, if this device keeps its time; else the one that the device's zone is named after. */
function cityOf(view: PersonalView, zone: string): string {
  if (view.city && view.person_timezone === zone) return view.city;
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** "15:00", in the session's zone. */
export function sessionTimeOfDay(view: PersonalView, at: number): string {
  return timeOfDay(at, view.timezone, locale());
}
