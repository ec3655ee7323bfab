import { afterEach, describe, expect, it } from "vitest";
import { filled, form, preferred, rich, speak, t, type Catalogue, type Message } from "./i18n";

const files = import.meta.glob<Catalogue>("../locales/*/*.json", { import: "default", eager: true });
const AREAS = Object.keys(files).flatMap((path) => /\/en\/(\w+)\.json$/u.exec(path)?.[1] ?? []);
const catalogue = (language: string, area: string): Catalogue => files[`../locales/${language}/${area}.json`] ?? {};
const texts = (message: Message): string[] => (typeof message === "string" ? [message] : Object.values(message));
const placeholders = (message: Message): string[] =>
  [
    ...new Set(texts(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/gu)].map((match) => match[1] ?? ""))),
  ].sort();

afterEach(() => speak("en", []));

describe.each(AREAS)("the catalogues of %s", (area) => {
  it("have the same keys in English and Spanish", () => {
    expect(Object.keys(catalogue("es", area)).sort()).toEqual(Object.keys(catalogue("en", area)).sort());
  });

  it("use the same values in both", () => {
    for (const [key, message] of Object.entries(catalogue("en", area))) {
      const spoken = new Set(placeholders(message));
      const extra = placeholders(catalogue("es", area)[key] ?? "").filter((name) => !spoken.has(name));
      expect({ key, extra }).toEqual({ key, extra: [] });
    }
  });

  it("cover the plural forms that each language has", () => {
    for (const language of ["en", "es"])
      for (const [key, message] of Object.entries(catalogue(language, area))) {
        if (typeof message === "string") continue;
        const rules = new Intl.PluralRules(language, { type: message.type ?? "cardinal" });
        const wanted = message.type ? rules.resolvedOptions().pluralCategories : ["one", "other"];
        expect({ language, key, missing: wanted.filter((category) => !(category in message)) }).toEqual({
          language,
          key,
          missing: [],
        });
      }
  });

  it("never blame or shout", () => {
    for (const language of ["en", "es"])
      for (const message of Object.values(catalogue(language, area)))
        for (const text of texts(message)) expect(text).not.toMatch(/!|\bError\b|\bOops\b|\binvalid\b/iu);
  });
});

it("no two areas share a key", () => {
  const keys = AREAS.flatMap((area) => Object.keys(catalogue("en", area)));
  expect(keys.length).toBe(new Set(keys).size);
});

describe("plural forms", () => {
  const place: Message = { type: "ordinal", one: "{n}st", two: "{n}nd", few: "{n}rd", other: "{n}th" };

  it.each([
    [1, "1st"],
    [2, "2nd"],
    [3, "3rd"],
    [11, "11th"],
    [13, "13th"],
    [22, "22nd"],
  ])("of the ordinal %i is %s", (n, shown) => {
    expect(filled(form(place, { n }, "en"), { n })).toBe(shown);
  });

  it("of a cardinal is chosen by the language's rules", () => {
    const seconds: Message = { one: "{n} second", other: "{n} seconds" };
    expect([0, 1, 2].map((n) => form(seconds, { n }, "en"))).toEqual(["{n} seconds", "{n} second", "{n} seconds"]);
  });
});

describe("a text", () => {
  it("isolates a right-to-left value from the sentence around it", () => {
    expect(filled("Give the floor to {who}", { who: "سلمى حداد" })).toBe("Give the floor to \u2068سلمى حداد\u2069");
    expect(filled("Give the floor to {who}", { who: "王秀英" })).toBe("Give the floor to 王秀英");
  });

  it("is the page's language from the moment it is chosen", async () => {
    await speak("es", ["common", "speaker"]);
    expect(t("speaker.closes", { n: 6 })).toBe("El uso de la palabra termina en 6 segundos");
    expect(document.documentElement.lang).toBe("es");
    await speak("en", ["common", "speaker"]);
    expect(t("speaker.closes", { n: 1 })).toBe("The floor closes in 1 second");
  });

  it("takes elements as values", async () => {
    await speak("en", ["speaker"]);
    expect(rich("speaker.expected", { time: "<16:15>" })).toEqual(["Expected at ", "<16:15>", ""]);
  });
});

it("the language is the first of the reader's that there is", () => {
  expect(preferred(["pt-BR", "es-UY", "en"])).toBe("es");
  expect(preferred(["", "ar"])).toBe("en");
});
