import { beforeAll, describe, expect, it } from "vitest";
import { articlesOf, EMPTY, type TrackState } from "../../../captions";
import { speak } from "../../../i18n";
import { ALIAS, line, T0, track, turn, view } from "./example";
import { transcriptOf } from "./transcript";

const lines = (...said: TrackState["lines"]): TrackState => ({ ...EMPTY, lines: said });
const saved = (state: TrackState, turns = [turn("t1", 0, 60_000)]) =>
  transcriptOf(view({ turns }), track("es"), articlesOf(state, turns), "en-GB");

describe("a saved text (R9)", () => {
  beforeAll(() => speak("en", ["common", "attendee"]));

  it("says what it is and where each turn comes from, but nobody's name", () => {
    const text = saved(lines(line("s1", "We began"), line("s2", "with the markets.")));
    expect(text).toContain("Tuesday, 1 July 2025");
    expect(text).toContain("Machine translation. Only the original speech is authentic.");
    expect(text).toContain("Nairobi City County, Kenya · 15:00\nWe began with the markets.\n");
    expect(text).not.toContain("Wanjiru");
  });

  it("leaves out a turn behind an alias, and a minute around it (R10)", () => {
    const turns = [turn("t1", 0, 100_000), turn("t2", 100_000, 200_000, ALIAS), turn("t3", 200_000, null)];
    const said = ["s10", "s39", "s41", "s150", "s259", "s261"].map((id) => line(id, `at ${id}.`));
    const text = saved(lines(...said), turns);
    expect(text.match(/at s\d+/gu)).toEqual(["at s10", "at s39", "at s261"]);
    expect(text).not.toContain("Asia");
  });

  it("leaves out the Chatham House Rule, what is off the record, and what nobody's turn holds", () => {
    const turns = [turn("t1", 0, 10_000), turn("t2", 20_000, 30_000, undefined, "s2")];
    const off = line("s5", "off the record", { position: null });
    const text = saved(lines(line("s1", "told"), off, line("s15", "between"), line("s25", "in confidence")), turns);
    expect(text).toContain("told");
    for (const untold of ["off the record", "between", "in confidence"]) expect(text).not.toContain(untold);
  });

  it("says where captions were interrupted", () => {
    const gap = line("s2", "", { status: "gap", reason: "interrupted", ends_at: T0 + 14_000 });
    expect(saved(lines(line("s1", "before"), gap))).toContain("before\n[Captions were interrupted for 12 seconds]");
  });
});
