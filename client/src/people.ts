// Who somebody is, in words.

import { isolated, locale, t } from "./i18n";
import type { Label } from "./wire.gen";

/** The name, or what stands for it where a person is protected (R5). */
export function nameOf(who: Label): string {
  const name = who.alias ? aliasOf(who) : (who.name ?? who.organisation ?? aliasOf(who));
  return who.substitute_for ? t("who.substitute", { name, other: who.substitute_for }) : name;
}

/** "Nairobi City County", "Kenya"; none for an alias, which says all that is told. */
export function placeParts(who: Label): readonly string[] {
  if (who.alias) return [];
  const organisation = who.name === null ? null : who.organisation;
  const city = who.city && organisation?.includes(who.city) ? null : who.city;
  return [organisation, city, who.country && countryName(who.country)].filter((part) => !!part) as string[];
}

/** The same as one text, each part isolated from the direction of the others. */
export function placeOf(who: Label): string {
  return placeParts(who).map(isolated).join(", ");
}

/** As `placeOf`, without the organisation. */
export function townOf(who: Label): string {
  return placeOf({ ...who, organisation: null });
}

export function countryName(code: string): string {
  return new Intl.DisplayNames(locale(), { type: "region", fallback: "code" }).of(code) ?? code;
}

export function languageName(tag: string): string {
  return new Intl.DisplayNames(locale(), { type: "language", fallback: "code" }).of(tag) ?? tag;
}

function aliasOf(who: Label): string {
  const group = t(`alias.${who.constituency}`);
  return who.region ? t("alias.with_region", { who: group, region: t(`region.${who.region}`) }) : group;
}
