import { beforeEach, describe, expect, it } from "vitest";
import type { Link } from "../../../connection";
import { agendaOf, hoursOf, openDeadlines } from "./agenda";
import { COLOURS, remember, remembered, resized, SIZES, THEMES, understood, USUAL } from "./display";
import { floor, T0, track, view } from "./example";
import * as languages from "./languages";
import { noticesBetween } from "./notices";
import { QUIET, tailOf } from "./tail";

describe("below the newest line", () => {
  const live: Link = { state: "live" };
  const quiet = { ago: QUIET + 1, open: false, muted: false };
  const speaking = view({ floor: floor(0) });
  const later = T0 + 60_000;

  it("nothing is said while captions come", () => {
    expect(tailOf(live, speaking, { ago: QUIET - 1, open: false, muted: false }, later)).toBeNull();
  });

  it("silence, missing captions and a lost connection are three things", () => {
    expect(tailOf(live, view(), quiet, later)).toEqual({ kind: "silence" });
    expect(tailOf(live, speaking, quiet, later)).toEqual({ kind: "missing", for: quiet.ago });
    expect(tailOf({ state: "reconnecting", since: 0 }, speaking, quiet, later)).toEqual({ kind: "offline" });
  });

  it("what the team has switched off is said at once, while the session lasts and the reader is connected", () => {
    const muted = { ago: 0, open: true, muted: true };
    expect(tailOf(live, speaking, muted, later)).toEqual({ kind: "muted" });
    expect(tailOf({ state: "reconnecting", since: 0 }, speaking, muted, later)).toEqual({ kind: "offline" });
    expect(tailOf(live, view({ state: "suspended" }), muted, later)).toEqual({ kind: "suspended" });
    expect(tailOf(live, view({ state: "closed" }), muted, later)).toEqual({ kind: "closed" });
    expect(tailOf(live, view({ state: "open" }), muted, later)).toBeNull();
  });

  it("a pause and a turn that only began are silence, not missing captions", () => {
    expect(tailOf(live, view({ floor: floor(0, true) }), quiet, later)).toEqual({ kind: "silence" });
    expect(tailOf(live, view({ floor: floor(55_000) }), quiet, later)).toEqual({ kind: "silence" });
  });

  it("a phrase that is still open waits for its speaker", () => {
    expect(tailOf(live, speaking, { ago: QUIET + 1, open: true, muted: false }, later)).toBeNull();
  });

  it("the session's own state goes before silence", () => {
    expect(tailOf(live, view({ state: "suspended" }), quiet, later)).toEqual({ kind: "suspended" });
    expect(tailOf(live, view({ state: "closed" }), { ago: 0, open: false, muted: false }, later)).toEqual({ kind: "closed" });
    expect(tailOf(live, view({ state: "open" }), quiet, later)).toBeNull();
  });
});

describe("what changed for everyone", () => {
  it("T8: a new speaking time", () => {
    const after = view({ modalities: { ...view().modalities, limit: 150_000 } });
    expect(noticesBetween(view(), after)).toEqual([{ kind: "limit", limit: 150_000 }]);
  });

  it("Q2: the list closes and reopens", () => {
    expect(noticesBetween(view(), view({ list_open: false }))).toEqual([{ kind: "list_closed" }]);
    expect(noticesBetween(view({ list_open: false }), view())).toEqual([{ kind: "list_reopened" }]);
  });

  it("S2: suspended, resumed, and closed, after which the list is no news", () => {
    expect(noticesBetween(view(), view({ state: "suspended" }))).toEqual([{ kind: "suspended" }]);
    expect(noticesBetween(view({ state: "suspended" }), view())).toEqual([{ kind: "resumed" }]);
    expect(noticesBetween(view(), view({ state: "closed", list_open: false }))).toEqual([{ kind: "closed" }]);
    expect(noticesBetween(view({ state: "open" }), view())).toEqual([]);
  });

  it("T10: the session ends at another time", () => {
    expect(noticesBetween(view(), view({ ends_at: T0 }))).toEqual([{ kind: "moved", ends_at: T0 }]);
  });

  it("R6: the switches of the part that begins", () => {
    expect(noticesBetween(view(), view({ segment: "s2" }))).toEqual([{ kind: "chatham_house", on: true }]);
    const off = view().segments.map((segment) => ({ ...segment, recording: false }));
    expect(noticesBetween(view(), view({ segments: off }))).toEqual([{ kind: "recording", on: false }]);
  });

  it("a new epoch tells nothing: what was before did not happen", () => {
    expect(noticesBetween(view(), view({ epoch: "f", list_open: false }))).toEqual([]);
  });
});

describe("the programme", () => {
  it("knows where the session is", () => {
    expect(agendaOf(view()).map(({ state }) => state)).toEqual(["past", "now", "ahead"]);
    expect(agendaOf(view({ state: "closed" })).every(({ state }) => state === "past")).toBe(true);
    expect(agendaOf(view({ segment: null })).every(({ state }) => state === "ahead")).toBe(true);
  });

  it("S1: tells the reader's own time where it differs, and the day where that does", () => {
    expect(hoursOf(view(), "Europe/Paris")).toMatchObject({ own: null });
    expect(hoursOf(view(), "America/Sao_Paulo")).toMatchObject({ own: "America/Sao_Paulo", otherDay: false });
    expect(hoursOf(view(), "Pacific/Auckland")).toMatchObject({ own: "Pacific/Auckland", otherDay: true });
  });

  it("S3: only deadlines that are still to come", () => {
    const deadline = (at: number) => ({ at, timezone: "Europe/Zurich", source: "" });
    const written_input = [deadline(T0 + 2), deadline(T0 - 1), deadline(T0 + 1)];
    expect(openDeadlines(view({ written_input }), T0).map(({ at }) => at)).toEqual([T0 + 1, T0 + 2]);
  });
});

describe("the language of the captions", () => {
  const { tracks } = view();
  beforeEach(() => localStorage.clear());

  it("is the one that was chosen, whatever the browser says", () => {
    languages.remember("ar");
    expect(languages.firstChoice(tracks, languages.remembered(), ["es"])).toBe("ar");
  });

  it("else the browser's, else what is spoken, else what there is", () => {
    expect(languages.firstChoice(tracks, "fr", ["de-AT", "es-MX"])).toBe("es");
    expect(languages.firstChoice(tracks, null, ["de"])).toBe("floor");
    expect(languages.firstChoice([...tracks, track("en")], null, ["en-GB"])).toBe("en");
    expect(languages.firstChoice([track("ar")], null, ["de"])).toBe("ar");
    expect(languages.firstChoice([], "es", ["es"])).toBeNull();
  });

  it("is the chosen one in whatever variety there is, and known to be missing where there is none", () => {
    const varied = [track("floor", "en"), track("es-419"), track("zh-Hant")];
    expect(languages.firstChoice(varied, "es", ["zh"])).toBe("es-419");
    expect(languages.firstChoice(varied, "zh-Hans", [])).toBe("zh-Hant");
    expect(languages.notOffered(varied, "es")).toBeNull();
    expect(languages.notOffered(varied, "fr")).toBe("fr");
    expect(languages.notOffered([track("es")], "floor")).toBeNull();
    expect(languages.notOffered(varied, null)).toBeNull();
    expect(languages.notOffered([], "fr")).toBeNull();
  });

  it("is called as its readers call it", () => {
    expect(languages.ownName(track("es"))).toBe("Español");
    expect(languages.ownName(track("ar"))).toBe("العربية");
    expect(languages.ownName(track("floor", "en"))).toBeNull();
  });
});

describe("how captions look", () => {
  beforeEach(() => localStorage.clear());

  it("is remembered, and off by default what not everyone wants", () => {
    expect(remembered()).toEqual(USUAL);
    expect(USUAL.announce).toBe(false);
    remember({ ...USUAL, size: 40, announce: true });
    expect(remembered()).toEqual({ ...USUAL, size: 40, announce: true });
  });

  it("is as usual where what is stored is not understood", () => {
    for (const stored of ["", "null", "[]", "{", '{"size":27,"face":7,"announce":"yes"}'])
      expect(understood(stored)).toEqual(USUAL);
  });

  it("grows and shrinks by steps, and stays at either end", () => {
    expect(resized(USUAL, 1).size).toBe(32);
    expect(resized({ ...USUAL, size: SIZES[0] }, -1).size).toBe(SIZES[0]);
    const dark = COLOURS.filter((colours) => THEMES[colours] === "dark");
    expect(dark).toEqual(["dark", "white_on_black", "yellow_on_black"]);
  });
});
