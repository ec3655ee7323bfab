import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  addPage,
  articlesOf,
  Captions,
  EMPTY,
  latest,
  markStale,
  PATIENCE,
  receive,
  turnAt,
  type TrackState,
} from "./captions";
import type { CaptionsFrame, FollowDone, FollowRequest, Refusal, TurnView, WireCaption } from "./wire.gen";

const said = (id: string, text: string, more: Partial<WireCaption> = {}): WireCaption => ({
  id,
  revision: 1,
  status: "final",
  language: "en",
  origin: "machine",
  is_translation: false,
  text,
  spoken_at: 1_000 * Number(id.replace(/\D/gu, "")),
  position: null,
  reason: null,
  ends_at: null,
  label: null,
  by: null,
  changed_at: null,
  ...more,
});
const partial = (id: string, text: string, more: Partial<WireCaption> = {}): WireCaption =>
  said(id, text, { status: "partial", ...more });
const final = (position: number, text: string, more: Partial<WireCaption> = {}): WireCaption =>
  said(`s${position}`, text, { position, revision: 9, ...more });

const frame = (after: number, segments: WireCaption[], more: Partial<CaptionsFrame> = {}): CaptionsFrame => ({
  track: "en",
  after,
  position: Math.max(after, ...segments.map((segment) => segment.position ?? 0)),
  segments,
  more: false,
  test: false,
  ...more,
});
const fold = (...frames: CaptionsFrame[]): TrackState => frames.reduce(receive, EMPTY);
const texts = (state: TrackState): string[] => state.lines.map((line) => line.text);
const open = (state: TrackState): string[] => state.partials.map((line) => line.text);

describe("a track", () => {
  it("replaces a partial by a higher revision, even when it is shorter", () => {
    const state = fold(
      frame(0, [partial("s1", "we began with the markers", { revision: 1 })]),
      frame(0, [partial("s1", "we began", { revision: 2 })]),
      frame(0, [partial("s1", "we", { revision: 1 })]),
    );
    expect(open(state)).toEqual(["we began"]);
  });

  it("takes a partial away when its final comes, and no late one brings it back", () => {
    const state = fold(
      frame(0, [partial("s1", "we began")]),
      frame(0, [final(1, "We began.", { revision: 2 })]),
      frame(1, [partial("s1", "we began with", { revision: 3 })]),
    );
    expect([texts(state), open(state)]).toEqual([["We began."], []]);
  });

  it("corrects and retracts by segment, at the place where it was said", () => {
    const state = fold(
      frame(0, ["one", "too", "three"].map((text, n) => final(n + 1, text, { revision: 1 }))),
      frame(3, [said("s2", "two", { status: "corrected", revision: 2, position: 4 })]),
      frame(4, [said("s3", "", { status: "retracted", revision: 2, position: 5 })]),
    );
    expect(texts(state)).toEqual(["one", "two"]);
  });

  it("drops an open phrase that is taken back, never what is stored, and still takes its final", () => {
    const back = (id: string, revision: number) => said(id, "", { status: "retracted", revision });
    const state = fold(
      frame(0, [final(1, "one"), partial("s2", "and", { revision: 3 })]),
      frame(1, [back("s1", 20), back("s2", 3)]),
    );
    expect([texts(state), open(state)]).toEqual([["one"], []]);
    expect(texts(receive(state, frame(1, [final(2, "And two.", { revision: 3 })])))).toEqual(["one", "And two."]);
  });

  it("shows what is said off the record, and lets it be taken back", () => {
    const state = fold(frame(0, [final(1, "one"), said("s2", "between us")]));
    expect(texts(state)).toEqual(["one", "between us"]);
    expect(texts(receive(state, frame(1, [said("s2", "", { status: "retracted", revision: 2 })])))).toEqual(["one"]);
  });

  it("is not harmed by duplicates", () => {
    const frames = [frame(0, [final(1, "one")]), frame(1, [final(2, "two")])];
    expect(fold(...frames, ...frames)).toEqual(fold(...frames));
  });

  it("takes nothing stored from beyond a hole, but the open phrases", () => {
    const state = fold(frame(0, [final(1, "one")]), frame(2, [final(3, "three"), partial("s4", "and")]));
    expect([texts(state), open(state), state.missed, state.position]).toEqual([["one"], ["and"], true, 1]);
    const healed = receive(state, frame(1, [final(2, "two"), final(3, "three")]));
    expect([texts(healed), healed.missed, healed.position]).toEqual([["one", "two", "three"], false, 3]);
  });

  it("puts a late line at the time when it was spoken", () => {
    const state = fold(frame(0, [final(1, "one"), final(2, "three", { spoken_at: 9_000 }), final(3, "two")]));
    expect(texts(state)).toEqual(["one", "two", "three"]);
  });

  it.each(["interrupted", "muted"] as const)("drops the open phrase when its feed was %s", (reason) => {
    const gap = said("g2", "", { status: "gap", position: 1, reason, ends_at: 12_000 });
    expect(open(fold(frame(0, [partial("s1", "and so")]), frame(0, [gap])))).toEqual([]);
  });

  it("keeps an open phrase over a lost connection until something newer comes", () => {
    const lost = markStale(fold(frame(0, [partial("s3", "and so")])));
    expect([open(lost), lost.stale.has("s3")]).toEqual([["and so"], true]);
    const heard = receive(lost, frame(0, [partial("s3", "and so we", { revision: 2 })]));
    expect([open(heard), heard.stale.size]).toEqual([["and so we"], 0]);
    const newer = receive(lost, frame(0, [partial("s4", "Thank you")]));
    expect([open(newer), newer.stale.size]).toEqual([["Thank you"], 0]);
  });

  it("does not take an older line for news about a stale phrase", () => {
    const lost = markStale(fold(frame(0, [partial("s3", "and so")])));
    expect(open(receive(lost, frame(0, [final(1, "one")])))).toEqual(["and so"]);
  });

  it("forgets a test when the session is live", () => {
    const state = fold(frame(0, [said("s2", "testing")], { test: true }), frame(0, [final(1, "Welcome.")]));
    expect([texts(state), state.test]).toEqual([["Welcome."], false]);
  });

  it("puts older pages in front, and an older revision replaces nothing", () => {
    const corrected = said("s7", "seven, corrected", { status: "corrected", revision: 10, position: 101 });
    const joined = fold(frame(100, [corrected], { more: true }));
    expect([joined.oldest, joined.older]).toEqual([100, true]);
    const paged = addPage(joined, { segments: [final(6, "six"), final(7, "seven")] });
    expect([texts(paged), paged.oldest, paged.older]).toEqual([["six", "seven, corrected"], 5, true]);
    expect(addPage(paged, { segments: [final(1, "one")] })).toMatchObject({ oldest: 0, older: false });
    expect(addPage(paged, { segments: [] })).toMatchObject({ oldest: 5, older: false });
  });

  it("leaves a corrected line before those that were said in the same instant, however it comes to be known", () => {
    const [first, second] = [final(1, "one", { spoken_at: 5 }), final(2, "two", { spoken_at: 5 })];
    const corrected = { ...first, text: "one!", status: "corrected", revision: 10, position: 3 } as const;
    expect(texts(fold(frame(0, [first, second]), frame(2, [corrected])))).toEqual(["one!", "two"]);
    const joined = fold(frame(1, [second, corrected], { more: true }));
    expect(texts(addPage(joined, { segments: [first] }))).toEqual(["one!", "two"]);
  });

  it("keeps a correction of what is not loaded yet until the lines around it are", () => {
    const corrected = said("s3", "three, corrected", { status: "corrected", revision: 10, position: 101 });
    const joined = fold(frame(99, [final(100, "hundred"), corrected], { more: true }));
    expect(texts(joined)).toEqual(["hundred"]);
    const live = receive(joined, frame(101, [final(102, "more")]));
    expect(texts(live)).toEqual(["hundred", "more"]);
    const paged = addPage(live, { segments: [final(2, "two"), final(3, "three")] });
    expect(texts(paged)).toEqual(["two", "three, corrected", "hundred", "more"]);
    expect(texts(addPage(joined, { segments: [] }))).toEqual(["three, corrected", "hundred"]);
  });

  it("knows its newest line", () => {
    expect(latest(EMPTY)).toBeNull();
    expect(latest(fold(frame(0, [final(1, "one")])))?.text).toBe("one");
    expect(latest(fold(frame(0, [final(1, "one"), partial("s2", "two")])))?.text).toBe("two");
    expect(latest(fold(frame(0, [final(5, "five"), partial("s2", "two")])))?.text).toBe("five");
    const gap = said("g5", "", { status: "gap", position: 2, reason: "interrupted", ends_at: 6_000 });
    expect(latest(fold(frame(0, [final(1, "one"), gap])))?.text).toBe("one");
  });
});

const turn = (id: string, began_at: number, ended_at: number | null): TurnView => ({
  id,
  began_at,
  ended_at,
  segment: "topic-1",
  part: 1,
  who: {
    name: id,
    organisation: null,
    city: null,
    country: null,
    constituency: "unknown",
    region: null,
    alias: false,
    substitute_for: null,
  },
});

describe("under whom", () => {
  const turns = [turn("t1", 1_000, 3_000), turn("t2", 4_000, null)];

  it.each([
    [999, undefined],
    [1_000, "t1"],
    [2_999, "t1"],
    [3_000, undefined],
    [4_000, "t2"],
    [1e9, "t2"],
  ])("at %i the turn is %s", (at, id) => {
    expect(turnAt(turns, at)?.id).toBe(id);
  });

  it("groups by turn, and what nobody's turn holds stands between", () => {
    const state = fold(
      frame(0, [final(1, "a"), final(2, "b"), final(3, "the moderator"), final(4, "c"), partial("s5", "d")]),
    );
    const groups = articlesOf(state, turns).map(({ turn: of, lines }) => [of?.id, lines.map(({ text }) => text)]);
    expect(groups).toEqual([
      ["t1", ["a", "b"]],
      [undefined, ["the moderator"]],
      ["t2", ["c", "d"]],
    ]);
  });

  it("regroups by itself when a turn's end is undone", () => {
    const state = fold(frame(0, [final(2, "b"), final(3, "more")]));
    expect(articlesOf(state, turns)).toHaveLength(2);
    expect(articlesOf(state, [turn("t1", 1_000, null)])).toHaveLength(1);
  });
});

describe("the store", () => {
  let asked: FollowRequest[];
  let answer: (ack: FollowDone | Refusal) => void;
  let captions: Captions;
  const done: FollowDone = { ok: true, positions: {} };

  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    captions = new Captions({
      follow: (request) => {
        asked.push(request);
        return new Promise((resolve) => (answer = resolve));
      },
      page: async (_, before) => ({ segments: [final(before - 1, `before ${before}`)] }),
    });
    captions.choose(["en"]);
    captions.resume();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const settle = async (ack: FollowDone | Refusal = done): Promise<void> => {
    answer(ack);
    await vi.advanceTimersByTimeAsync(PATIENCE);
  };

  it("asks when the connection is there, not before, without a position at first", () => {
    expect(asked).toEqual([{ tracks: ["en"], since: {} }]);
  });

  it("asks once for a hole, from its own position, however many frames tell of it", async () => {
    captions.receive(frame(4, [final(5, "five")]));
    await settle();
    for (const after of [7, 8, 9]) captions.receive(frame(after, [final(after + 1, "later")]));
    expect(asked.slice(1)).toEqual([{ tracks: ["en"], since: { en: 5 } }]);
    captions.receive(frame(5, [6, 7, 8, 9, 10].map((n) => final(n, `${n}`))));
    await settle();
    expect(asked).toHaveLength(2);
    expect(captions.track("en").value.position).toBe(10);
  });

  it("asks again for a hole that an answer left, but not at once", async () => {
    captions.receive(frame(0, [final(1, "one")]));
    await settle();
    captions.receive(frame(3, [final(4, "four")]));
    answer(done);
    await vi.advanceTimersByTimeAsync(PATIENCE - 1);
    expect(asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toHaveLength(3);
  });

  it("asks again after a refusal only if that can help", async () => {
    const refusal = (retry: boolean): Refusal => ({
      ok: false,
      error: { code: "busy", message: "", detail: {}, retry },
    });
    await settle(refusal(true));
    expect(asked).toHaveLength(2);
    await settle(refusal(false));
    expect(asked).toHaveLength(2);
  });

  it("resumes at its position when the connection is back, and ignores the answer to the lost question", async () => {
    captions.receive(frame(0, [final(1, "one")]));
    const late = answer;
    captions.lost();
    captions.resume();
    late({ ok: false, error: { code: "busy", message: "", detail: {}, retry: true } });
    await vi.advanceTimersByTimeAsync(PATIENCE);
    expect(asked.slice(1)).toEqual([{ tracks: ["en"], since: { en: 1 } }]);
  });

  it("starts afresh with a new epoch", () => {
    captions.receive(frame(0, [final(1, "one")]));
    captions.restart();
    expect(captions.track("en").value).toBe(EMPTY);
    expect(asked.at(-1)).toEqual({ tracks: ["en"], since: {} });
  });

  it("keeps a track that is left, and asks only for what it missed", () => {
    captions.receive(frame(0, [final(1, "one")]));
    captions.choose(["es"]);
    captions.choose(["en"]);
    expect(asked.at(-1)).toEqual({ tracks: ["en"], since: { en: 1 } });
    expect(texts(captions.track("en").value)).toEqual(["one"]);
  });

  it("fetches older pages one at a time, until there is none", async () => {
    captions.receive(frame(2, [final(3, "three")], { more: true }));
    expect(await Promise.all([captions.older("en"), captions.older("en")])).toEqual([true, true]);
    expect(texts(captions.track("en").value)).toEqual(["before 3", "three"]);
    await captions.older("en");
    expect(captions.track("en").value).toMatchObject({ oldest: 0, older: false });
    expect(await captions.older("en")).toBe(false);
  });

  it("throws away a page that was asked for in another epoch", async () => {
    captions.receive(frame(5, [final(6, "six")], { more: true }));
    const page = captions.older("en");
    captions.restart();
    await page;
    expect(captions.track("en").value).toBe(EMPTY);
  });
});

// A stream as the transcript holds it, delivered lost, repeated and out of order by a relay that answers `follow`.
describe("any delivery", () => {
  const random = (seed: number) => () => {
    seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };

  const streamOf = (next: () => number): WireCaption[] => {
    const stream: WireCaption[] = [];
    for (let position = 1; position <= 60; position += 1) {
      const earlier = stream[Math.floor(next() * stream.length)];
      const kind = next();
      if (earlier && kind < 0.3) {
        const revision = Math.max(...stream.filter((s) => s.id === earlier.id).map((s) => s.revision)) + 1;
        const status = kind < 0.1 ? "retracted" : "corrected";
        stream.push({ ...earlier, status, revision, position, text: `${earlier.id} r${revision}` });
      } else stream.push(said(`s${position}`, `s${position}`, { position, spoken_at: Math.floor(next() * 50_000) }));
    }
    return stream;
  };

  it.each(Array.from({ length: 200 }, (_, seed) => seed))("ends in the same lines (seed %i)", (seed) => {
    const next = random(seed + 1);
    const stream = streamOf(next);
    const straight = fold(frame(0, stream));
    const part = (after: number, to: number) => frame(after, stream.slice(after, to), { position: to });
    const end = stream.length;
    let state = EMPTY;
    if (next() < 0.5) state = receive(state, frame(30, stream.slice(30, 31), { more: true }));
    for (let step = 0; step < 80; step += 1) {
      const after = Math.floor(next() * end);
      state = receive(state, part(after, Math.min(end, after + 1 + Math.floor(next() * 5))));
      const held = state.position ?? 0;
      if (state.missed && next() < 0.3) state = receive(state, part(held, Math.min(end, held + 3)));
    }
    state = receive(state, part(state.position ?? 0, end));
    while (state.oldest > 0) {
      const before = state.oldest;
      const from = Math.max(0, before - 7);
      state = addPage(state, { segments: stream.slice(from, before) });
    }
    expect(state.position).toBe(end);
    expect(state.lines).toEqual(straight.lines);
  });
});
