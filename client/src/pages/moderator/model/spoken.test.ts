import { describe, expect, test } from "vitest";
import { MINUTE, NOW, between, entry, view } from "../../../team/example";
import type { TeamView, TrackView } from "../../../wire.gen";
import { languageNotice, sameLanguage, spokenChoices } from "./spoken";

const FLOOR: TrackView = { track: "floor", language: "en", machine: true, is_translation: false, muted: false };

/** The one who has the floor speaks `now`, the next one `next`; the turn ends in a minute. */
const spoken = (now: string | null, next: string | null, changes: Partial<TeamView> = {}): TeamView =>
  view({
    tracks: [FLOOR],
    entries: [entry("e1", { spoken_language: next }), entry("e0", { status: "speaking", spoken_language: now })],
    order: ["e1"],
    ...changes,
  });

describe("what has to be switched", () => {
  test("nothing while all speak what is set, wherever they come from", () => {
    expect(languageNotice(spoken("en", "en-KE"), NOW)).toBeNull();
    expect(languageNotice(spoken("en", null), NOW)).toBeNull();
    expect(languageNotice(spoken(null, "en"), NOW)).toBeNull();
  });

  test("the next one's language, as soon as they are next, and more strongly in the last half minute", () => {
    const told = spoken("en", "es");
    expect(languageNotice(told, NOW)).toMatchObject({ when: "next", entry: "e1", language: "es" });
    expect(languageNotice(told, NOW + MINUTE - 30_001)?.when).toBe("next");
    expect(languageNotice(told, NOW + MINUTE - 30_000)?.when).toBe("soon");
    expect(languageNotice(told, NOW + 2 * MINUTE)?.when).toBe("soon");
  });

  test("between two turns it is soon", () => {
    const { entries, order } = spoken("en", "es");
    const nobody = between({ tracks: [FLOOR], entries, order });
    expect(languageNotice(nobody, NOW)).toMatchObject({ when: "soon" });
    expect(languageNotice({ ...nobody, state: "open" }, NOW)).toMatchObject({ when: "next" });
  });

  test("of who has the floor, until it is set", () => {
    expect(languageNotice(spoken("es", "en"), NOW)).toMatchObject({ when: "now", entry: "e0", language: "es" });
    expect(languageNotice(spoken("es", "en", { spoken_language: null }), NOW)).toMatchObject({ when: "now" });
    expect(languageNotice(spoken("es", "es", { spoken_language: "es" }), NOW)).toBeNull();
  });

  test("who switches ahead in the last half minute is left alone, and who does so too early is not", () => {
    const ahead = spoken("en", "es", { spoken_language: "es" });
    expect(languageNotice(ahead, NOW + MINUTE - 20_000)).toBeNull();
    expect(languageNotice(ahead, NOW)).toMatchObject({ when: "now", language: "en" });
  });

  test("nothing where nobody reads captions, and after the close", () => {
    expect(languageNotice(spoken("en", "es", { tracks: [] }), NOW)).toBeNull();
    expect(languageNotice(spoken("en", "es", { state: "closed" }), NOW)).toBeNull();
  });
});

test("a language is the same in every country", () => {
  expect(sameLanguage("pt-BR", "PT")).toBe(true);
  expect(sameLanguage("es", "en")).toBe(false);
});

test("the choices: the session's languages, those of who asked, and what is set, each once", () => {
  const told = spoken("fr", "es", { spoken_languages: ["en", "es"], spoken_language: "ar" });
  expect(spokenChoices(told)).toEqual(["en", "es", "fr", "ar"]);
});
