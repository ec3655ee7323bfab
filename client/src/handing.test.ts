import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LARGEST, type Parcel, type Problem } from "./contributions";
import { AGAIN, Handing, occasions, type Draft, type Server } from "./handing";
import { Drafts, type Memory } from "./drafts";
import type { EntryKind, EntryStatus } from "./wire.gen";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const AWAY: Problem = { code: null, values: {}, retry: true };
const FULL: Problem = { code: "full", values: { limit: 1 }, retry: false };
const HERE = { kind: "statement", entry: "e1", person: null } as const;

class Shelf extends Map<string, string> implements Memory {
  get length(): number {
    return this.size;
  }
  getItem = (key: string): string | null => this.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.set(key, value);
  removeItem = (key: string): void => void this.delete(key);
  key = (at: number): string | null => [...this.keys()][at] ?? null;
}

/** Answers as it is told, then takes everything. "hangs" until it is stopped. */
class Counter implements Server {
  readonly answers: (Problem | "hangs")[] = [];
  readonly asked: Parcel[] = [];
  readonly withdrawn: string[] = [];

  handIn: Server["handIn"] = async (parcel, progress, signal) => {
    this.asked.push(parcel);
    const answer = this.answers.shift() ?? null;
    if (answer !== "hangs") return answer;
    progress(1, 4);
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  };

  withdraw = async (id: string): Promise<Problem | null> => {
    this.withdrawn.push(id);
    return null;
  };
}

function desk(shelf = new Shelf()) {
  const server = new Counter();
  const handing = new Handing(new Drafts<Draft<null>>(shelf, "text"), server);
  return { server, handing, shelf };
}
const kind = (handing: Handing<null>): string => handing.state.value.kind;
const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe("handing in", () => {
  it("sends what was typed, with what it is, and forgets it only then", async () => {
    const { server, handing, shelf } = desk();
    handing.change({ text: "Señora", language: "es" });
    expect(shelf.size).toBe(1);
    await handing.send(HERE);
    expect(server.asked[0]).toMatchObject({ ...HERE, language: "es", media: "text/plain" });
    expect(await server.asked[0]?.body.text()).toBe("Señora");
    expect([kind(handing), handing.draft.text, shelf.size]).toEqual(["received", "", 0]);
  });

  it("keeps what was typed over a reload", () => {
    const { handing, shelf } = desk();
    handing.change({ text: "My text", replaces: "w1" });
    expect(desk(shelf).handing.draft).toEqual(handing.draft);
  });

  it("is sent again by itself, under the same key, when no answer came", async () => {
    const { server, handing } = desk();
    server.answers.push(AWAY, AWAY);
    handing.change({ text: "My text" });
    const sending = handing.send(HERE);
    await settled();
    expect([kind(handing), server.asked.length]).toEqual(["waiting", 1]);
    await vi.advanceTimersByTimeAsync(AGAIN);
    expect(server.asked.length).toBe(2);
    handing.nudge(); // the connection is back
    await sending;
    expect(kind(handing)).toBe("received");
    expect(new Set(server.asked.map(({ key }) => key)).size).toBe(1);
  });

  it("is another thing under another key once something of it was changed", () => {
    const { handing } = desk();
    handing.change({ text: "My text" });
    const { key } = handing.draft;
    handing.change({ language: "es" });
    expect(handing.draft.key).not.toBe(key);
  });

  it("can be stopped while it is on its way, and while it waits; nothing is lost", async () => {
    const { server, handing, shelf } = desk();
    server.answers.push("hangs", AWAY);
    handing.change({ text: "My text" });
    const { key } = handing.draft;
    const first = handing.send(HERE);
    await settled();
    expect(handing.state.value).toEqual({ kind: "sending", sent: 1, total: 4 });
    handing.cancel();
    await first;
    expect([kind(handing), handing.draft.text, shelf.size]).toEqual(["idle", "My text", 1]);
    const second = handing.send(HERE);
    await settled();
    expect(kind(handing)).toBe("waiting");
    handing.cancel();
    await second;
    expect([kind(handing), handing.draft.text, handing.draft.key]).toEqual(["idle", "My text", key]);
    await vi.advanceTimersByTimeAsync(AGAIN * 3);
    expect(server.asked.length).toBe(2);
  });

  it("says why it was refused, keeps it, and does not try again", async () => {
    const { server, handing } = desk();
    server.answers.push(FULL);
    handing.change({ text: "My text" });
    await handing.send(HERE);
    expect(handing.state.value).toEqual({ kind: "refused", problem: FULL });
    expect(handing.draft.text).toBe("My text");
    await vi.advanceTimersByTimeAsync(AGAIN * 3);
    expect(server.asked.length).toBe(1);
    handing.change({ text: "Shorter" });
    expect(kind(handing)).toBe("idle");
  });

  it("does not change under way", async () => {
    const { server, handing } = desk();
    server.answers.push("hangs");
    handing.change({ text: "My text" });
    void handing.send(HERE);
    await settled();
    handing.change({ text: "Another" });
    await handing.choose(new File(["%PDF"], "a.pdf"));
    expect([handing.draft.text, handing.file.value]).toEqual(["My text", null]);
  });

  it("withdraws the one that it takes the place of, but only once it is there", async () => {
    const { server, handing } = desk();
    server.answers.push(FULL);
    handing.change({ text: "Better", replaces: "w1" });
    await handing.send(HERE);
    expect(server.withdrawn).toEqual([]);
    await handing.send(HERE);
    expect([server.withdrawn, handing.draft.replaces]).toEqual([["w1"], null]);
  });

  it("of nothing, nothing is sent", async () => {
    const { server, handing } = desk();
    handing.change({ text: " \n" });
    await handing.send(HERE);
    handing.change({ text: "x".repeat(LARGEST + 1) });
    await handing.send(HERE);
    expect(server.asked).toEqual([]);
  });
});

describe("a file", () => {
  it("goes as it is, and what was typed is there again without it", async () => {
    const { server, handing } = desk();
    handing.change({ text: "My text" });
    await handing.choose(new File(["%PDF"], "a.pdf"));
    handing.leaveFile();
    expect([handing.file.value, handing.draft.text]).toEqual([null, "My text"]);
    await handing.choose(new File(["%PDF"], "a.pdf"));
    await handing.send(HERE);
    expect(server.asked[0]?.media).toBe("application/pdf");
    expect(await server.asked[0]?.body.text()).toBe("%PDF");
    expect(handing.file.value).toBeNull();
  });

  it("of text is put where one writes, unless something stands there", async () => {
    const { server, handing } = desk();
    await handing.choose(new File([new Uint8Array([0x53, 0xf1])], "old.txt"));
    expect([handing.draft.text, handing.file.value]).toEqual(["Sñ", null]);
    await handing.choose(new File([new Uint8Array([0xf1])], "old.txt"));
    expect([handing.draft.text, handing.file.value?.name]).toEqual(["Sñ", "old.txt"]);
    await handing.send(HERE);
    expect(await server.asked[0]?.body.text()).toBe("ñ");
  });

  it.each([
    ["kind", new File(["x"], "a.doc")],
    ["empty", new File([], "a.pdf")],
    ["too_large", new File([new Uint8Array(LARGEST + 1)], "a.pdf")],
  ])("is not taken: %s", async (why, file) => {
    const { handing } = desk();
    await handing.choose(file);
    expect([handing.notTaken.value, handing.file.value]).toEqual([why, null]);
    await handing.choose(new File([new Uint8Array(LARGEST)], "a.pdf"));
    expect([handing.notTaken.value, handing.file.value?.size]).toEqual([null, LARGEST]);
  });
});

describe("what a text can be of", () => {
  const entry = (id: string, status: EntryStatus, kind: EntryKind = "statement") => ({
    id,
    segment: "one",
    status,
    kind,
  });

  it("is what is to come, then what was said, then what was not heard, or none of it", () => {
    const all = occasions([
      entry("e1", "not_heard"),
      entry("e2", "heard"),
      entry("e3", "waiting"),
      entry("e4", "withdrawn"),
      entry("e5", "waiting", "point_of_order"),
    ]);
    expect(all.map((one) => [one.entry, one.when, one.kind])).toEqual([
      ["e3", "to_come", "statement"],
      ["e2", "spoken", "statement"],
      ["e1", "not_heard", "written"],
      [null, "none", "written"],
    ]);
  });

  it("is nothing but itself for who never asked for the floor", () => {
    expect(occasions([])).toEqual([{ entry: null, segment: null, kind: "written", when: "none" }]);
  });
});
