// Words. Each area of the interface has a catalogue a language; a key is written `area.name` and is the same in all.
// A message is a text with {values}, or its plural forms by Intl.PluralRules, chosen by {n}.

import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type attendee from "../locales/en/attendee.json";
import type common from "../locales/en/common.json";
import type moderator from "../locales/en/moderator.json";
import type record from "../locales/en/record.json";
import type report from "../locales/en/report.json";
import type speaker from "../locales/en/speaker.json";
import type stage from "../locales/en/stage.json";
import type statistics from "../locales/en/statistics.json";
import type strip from "../locales/en/strip.json";
import type team from "../locales/en/team.json";
import type written from "../locales/en/written.json";

/** Each by its own name. */
export const NAMES = { en: "English", es: "Español" } as const;
export const LANGUAGES = ["en", "es"] as const;
export type Language = (typeof LANGUAGES)[number];
export type Area =
  | "common"
  | "team"
  | "moderator"
  | "record"
  | "statistics"
  | "written"
  | "report"
  | "speaker"
  | "attendee"
  | "stage"
  | "strip";
export type Key =
  | keyof typeof common
  | keyof typeof team
  | keyof typeof moderator
  | keyof typeof record
  | keyof typeof statistics
  | keyof typeof written
  | keyof typeof report
  | keyof typeof speaker
  | keyof typeof attendee
  | keyof typeof stage
  | keyof typeof strip;

type Forms = { readonly type?: "ordinal" } & Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };
export type Message = string | Forms;
export type Catalogue = Readonly<Record<string, Message>>;
export type Values = Readonly<Record<string, string | number>>;

/** How dates are written: European order and names of zones ("CEST") where English alone would not say. */
const FORMATS: Readonly<Record<Language, string>> = { en: "en-GB", es: "es-ES" };
const RTL = /[\u0590-\u08ff\ufb1d-\ufefc]/u;

const loaders = import.meta.glob<Catalogue>("../locales/*/*.json", { import: "default" });
const REMEMBERED = "isegoria.language";
let spoken: readonly Area[] = [];
const words = signal<Catalogue>({});
export const language = signal<Language>("en");

/** The locale for Intl. */
export function locale(): string {
  return FORMATS[language.value];
}

/** Loads the words of some areas, and shows the page in that language. */
export async function speak(wanted: Language, areas: readonly Area[]): Promise<void> {
  const loaded = await Promise.all(areas.map((area) => loaders[`../locales/${wanted}/${area}.json`]?.()));
  spoken = areas;
  words.value = Object.assign({}, ...loaded) as Catalogue;
  language.value = wanted;
  document.documentElement.lang = wanted;
}

/** Another language for this page, and for every page that this browser opens from now on. */
export async function chooseLanguage(wanted: Language): Promise<void> {
  localStorage.setItem(REMEMBERED, wanted);
  await speak(wanted, spoken);
}

/** The language that was chosen last in this browser. */
export function remembered(): string | null {
  return localStorage.getItem(REMEMBERED);
}

/** The first of the reader's languages that there is. */
export function preferred(asked: readonly string[]): Language {
  for (const tag of asked) {
    const found = LANGUAGES.find((known) => known === tag.toLowerCase().split("-")[0]);
    if (found) return found;
  }
  return "en";
}

/** The text of a message before its values are put in. */
export function form(message: Message, values: Values, language: string): string {
  if (typeof message === "string") return message;
  const rules = new Intl.PluralRules(language, { type: message.type ?? "cardinal" });
  return message[rules.select(Number(values["n"] ?? 0))] ?? message.other;
}

export function t(key: Key, values: Values = {}): string {
  return filled(lookUp(key, values), values);
}

/** As `t`, with elements in the place of values. */
export function rich(key: Key, values: Readonly<Record<string, ComponentChildren>>): ComponentChildren[] {
  const counts = Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === "number"));
  return lookUp(key, counts as Values)
    .split(/\{(\w+)\}/u)
    .map((part, index) => (index % 2 ? values[part] : part));
}

function lookUp(key: Key, values: Values): string {
  const message = words.value[key];
  return message === undefined ? key : form(message, values, language.value);
}

export function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/gu, (_, name: string) => isolated(String(values[name] ?? "")));
}

/** A value in a right-to-left script is isolated, so that it does not reorder the sentence around it. */
export function isolated(value: string): string {
  return RTL.test(value) ? `\u2068${value}\u2069` : value;
}
