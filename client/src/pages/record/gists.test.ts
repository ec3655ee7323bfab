import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Ack } from "../../insist";
import type { Code, WordsView, WriteGist } from "../../wire.gen";
import { Drafts, type Memory } from "../../drafts";
import { AGAIN, Gists, PAUSE } from "./gists";
import type { Draft } from "./model/gist";
import { words } from "./model/example";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const refused = (code: Code, retry = false): Ack => ({ ok: false, error: { code, message: "", detail: {}, retry } });

/** A server that answers as it is told, and takes what it acknowledges. */
class Server {
  readonly heard: WriteGist[] = [];
  readonly answers: Ack[] = [];
  stored: WordsView | null = null;
  there = true;
  version = 10;
  /** The version of the newest view, where it is behind. */
  seen: number | null = null;

  readonly desk = {
    stored: () => this.stored,
    version: () => this.seen ?? this.version,
    me: () => "Rosa",
    now: () => 0,
    canAsk: () => this.there,
    ask: async (command: WriteGist): Promise<Ack> => {
      this.heard.push(command);
      const answer = this.answers.shift() ?? { ok: true, version: ++this.version };
      if (answer.ok) this.stored = words(`a${answer.version}`, command.text, "Rosa");
      return answer;
    },
  };
}

class Shelf extends Map<string, string> implements Memory {
  get length(): number {
    return this.size;
  }
  key = (at: number): string | null => [...this.keys()][at] ?? null;
  getItem = (key: string): string | null => this.get(key) ?? null;
  setItem = (key: string, text: string): void => void this.set(key, text);
  removeItem = (key: string): void => void this.delete(key);
}

function desk(server = new Server(), memory: Memory = new Shelf()) {
  return { server, memory, gists: new Gists(new Drafts<Draft>(memory, "isegoria.gist.s1.rosa"), server.desk) };
}

describe("a gist is saved by itself", () => {
  test("once, after a pause", async () => {
    const { server, gists } = desk();
    for (const text of ["W", "Wa", "War"]) {
      gists.type("e1", text);
      await vi.advanceTimersByTimeAsync(PAUSE - 1);
    }
    expect(server.heard).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(server.heard).toEqual([{ type: "write_gist", entry: "e1", after: null, text: "War" }]);
    expect(gists.field("e1")).toEqual({ text: "War", state: "saved" });
    expect(gists.unsaved.value).toBe(0);
  });

  test("what is typed while it is on its way is sent after it, after that very one", async () => {
    const { server, gists } = desk();
    gists.type("e1", "One");
    const saving = gists.save("e1");
    gists.type("e1", "One two");
    await saving;
    expect(gists.field("e1")).toEqual({ text: "One two", state: "typed" });
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(server.heard.map(({ after, text }) => [after, text])).toEqual([
      [null, "One"],
      ["a11", "One two"],
    ]);
  });

  test("not without words", async () => {
    const { server, gists } = desk();
    server.stored = words("a4", "Before.");
    gists.type("e1", "  ");
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(server.heard).toEqual([]);
    expect(gists.field("e1").state).toBe("empty");
  });
});

describe("what was typed is never lost", () => {
  test("while the server is away it is kept, and goes as soon as it is back", async () => {
    const { server, gists } = desk();
    server.there = false;
    gists.type("e1", "Typed in a tunnel.");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(gists.field("e1")).toEqual({ text: "Typed in a tunnel.", state: "typed" });
    server.there = true;
    gists.saveAll();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.stored?.text).toBe("Typed in a tunnel.");
  });

  test("it outlives a reload, with what it was written after", async () => {
    const first = desk();
    first.server.there = false;
    first.server.stored = words("a4", "Before.");
    first.gists.type("e1", "Typed.");
    const { server, gists } = desk(first.server, first.memory);
    server.there = true;
    expect(gists.field("e1")).toEqual({ text: "Typed.", state: "typed" });
    gists.saveAll();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.heard).toEqual([{ type: "write_gist", entry: "e1", after: "a4", text: "Typed." }]);
    expect(desk(server, first.memory).gists.unsaved.value).toBe(0);
  });

  test("a refusal that passes is asked again; one that stays is told", async () => {
    const { server, gists } = desk();
    server.answers.push(refused("busy", true));
    gists.type("e1", "Typed.");
    await gists.save("e1");
    expect(gists.refusal("e1")?.code).toBe("busy");
    await vi.advanceTimersByTimeAsync(AGAIN);
    expect(gists.field("e1").state).toBe("saved");
    expect(gists.refusal("e1")).toBeNull();
    server.answers.push(refused("full"));
    gists.type("e1", "More.");
    await gists.save("e1");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.heard).toHaveLength(3);
    expect(gists.field("e1")).toEqual({ text: "More.", state: "typed" });
    expect(gists.refusal("e1")?.code).toBe("full");
  });

  test("an answer that was lost on its way does not write it twice", async () => {
    const { server, gists } = desk();
    server.answers.push(refused("busy", true));
    gists.type("e1", "Typed.");
    await gists.save("e1");
    server.stored = words("a11", "Typed.", "Rosa");
    await vi.advanceTimersByTimeAsync(AGAIN);
    expect(server.heard).toHaveLength(1);
    expect(gists.unsaved.value).toBe(0);
  });

  test("a memory that is full keeps nobody from typing", () => {
    const full = new Shelf();
    full.setItem = () => {
      throw new Error("quota");
    };
    const { gists } = desk(new Server(), full);
    gists.type("e1", "Typed.");
    expect(gists.field("e1").text).toBe("Typed.");
  });

  test("what lies in the memory from elsewhere is left alone", () => {
    const memory = new Shelf([
      ["isegoria.gist.s1.rolf.e1", '{"text":"Rolf\'s.","after":null}'],
      ["isegoria.gist.s1.rosa.e1", "{broken"],
    ]);
    expect(desk(new Server(), memory).gists.unsaved.value).toBe(0);
  });
});

describe("news of a text comes before the text", () => {
  test("what was acknowledged stands in the field all the while", async () => {
    const { server, gists } = desk();
    server.stored = words("a4", "Before.");
    server.seen = 10;
    gists.type("e1", "Mine.");
    await gists.save("e1");
    const mine = server.stored;
    for (const told of [words("a4", "Before."), words("a11", null, "Rosa"), mine]) {
      server.stored = told;
      server.seen = told?.annotation === "a4" ? 10 : 11;
      expect(gists.field("e1")).toEqual({ text: "Mine.", state: "saved" });
    }
    gists.type("e1", "Mine, too.");
    await gists.save("e1");
    expect(server.heard.at(-1)).toMatchObject({ after: "a11" });
  });

  test("nobody writes after words that they have not seen", async () => {
    const { server, gists } = desk();
    server.stored = words("a4", "Before.");
    expect(gists.field("e1").text).toBe("Before.");
    server.stored = words("a20", null);
    server.version = 20;
    expect(gists.field("e1").text).toBe("Before.");
    gists.type("e1", "Before. And mine.");
    server.answers.push(refused("stale"));
    await gists.save("e1");
    expect(server.heard[0]).toMatchObject({ after: "a4" });
    server.stored = words("a20", "Theirs.");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(gists.field("e1")).toEqual({ text: "Before. And mine.", state: "overtaken" });
  });

  test("a text that is gone was erased", () => {
    const { server, gists } = desk();
    server.stored = words("a4", "Before.");
    expect(gists.field("e1").text).toBe("Before.");
    server.stored = words("a4", null);
    expect(gists.field("e1").text).toBe("");
  });
});

describe("Q7 two who write at once", () => {
  test("the later one sees the other's and chooses to keep one's own", async () => {
    const { server, gists } = desk();
    gists.type("e1", "Mine.");
    server.stored = words("a20", "Theirs.");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.heard).toEqual([]);
    expect(gists.field("e1")).toEqual({ text: "Mine.", state: "overtaken" });
    await gists.keepMine("e1");
    expect(server.heard[0]).toMatchObject({ after: "a20", text: "Mine." });
    expect(gists.field("e1").state).toBe("saved");
  });

  test("or takes theirs", () => {
    const { server, gists } = desk();
    gists.type("e1", "Mine.");
    server.stored = words("a20", "Theirs.");
    gists.takeTheirs("e1");
    expect(gists.field("e1")).toEqual({ text: "Theirs.", state: "saved" });
  });

  test("a refusal before the news of theirs goes over nothing", async () => {
    const { server, gists } = desk();
    server.answers.push(refused("stale"));
    gists.type("e1", "Mine.");
    await gists.save("e1");
    server.stored = words("a20", "Theirs.");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.heard).toHaveLength(1);
    expect(gists.field("e1").state).toBe("overtaken");
  });

  test("of one that was taken away it is written anew", async () => {
    const { server, gists } = desk();
    server.stored = words("a4", "Before.");
    gists.type("e1", "Mine.");
    server.stored = null;
    server.answers.push(refused("stale"));
    await gists.save("e1");
    await vi.advanceTimersByTimeAsync(AGAIN);
    expect(server.heard.map(({ after }) => after)).toEqual(["a4", null]);
    expect(gists.field("e1").state).toBe("saved");
  });
});
