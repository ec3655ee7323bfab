import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { MakingView } from "../../../wire.gen";
import { NotGiven } from "../asked";
import type { File } from "../model/exports";
import { Requests } from "./requests";

const WORD: File = { kind: "docx", tier: "publishable", track: null };
const PDF: File = { kind: "pdf", tier: "internal", track: null };

/** What is asked for stays open until the test answers. */
function begun() {
  const making = signal<readonly MakingView[]>([]);
  const asked: { file: File; id: string; give: () => void; refuse: (problem: Error) => void }[] = [];
  const saved: File[] = [];
  const requests = new Requests({
    making,
    now: () => 1_000,
    fetch: (file, id, stop) =>
      new Promise((give, refuse) => {
        asked.push({ file, id, give: () => give(new Blob()), refuse });
        stop.addEventListener("abort", () => refuse(new DOMException("given up", "AbortError")));
      }),
    save: (_, file) => saved.push(file),
  });
  const at = (index: number) => {
    const one = asked[index];
    if (!one) throw new Error("nothing was asked for");
    return one;
  };
  return { making, asked, saved, requests, at };
}

const told = (id: string, changes: Partial<MakingView> = {}): MakingView => ({
  ...{ id, person: "p1", name: "Rolf", kind: "docx", tier: "publishable", track: null },
  ...{ since: 900, began: null, ahead: 1 },
  ...changes,
});

describe("one's own file", () => {
  it("is asked for, waits, is being made, and is saved", async () => {
    const { making, saved, requests, at } = begun();
    const asking = requests.ask(WORD);
    expect(requests.underway.value).toMatchObject([{ file: WORD, mine: true, ahead: null, began: null }]);
    making.value = [told(at(0).id, { ahead: 2 })];
    expect(requests.underway.value).toMatchObject([{ mine: true, ahead: 2, began: null }]);
    making.value = [told(at(0).id, { ahead: 0, began: 1_500 })];
    expect(requests.underway.value).toMatchObject([{ mine: true, ahead: 0, began: 1_500 }]);
    at(0).give();
    expect(await asking).toEqual({ is: "saved" });
    expect(saved).toEqual([WORD]);
    expect(requests.over.value).toMatchObject([{ file: WORD, outcome: { is: "saved" } }]);
  });

  it("is asked for once at a time, and others beside it", async () => {
    const { asked, requests } = begun();
    void requests.ask(WORD);
    expect(await requests.ask({ ...WORD })).toBeNull();
    void requests.ask({ ...WORD, tier: "internal" });
    expect(asked).toHaveLength(2);
  });

  it("that is given up is no more, and is nothing to be told of", async () => {
    const { requests, saved, at } = begun();
    const asking = requests.ask(WORD);
    requests.giveUp(at(0).id);
    expect(await asking).toBeNull();
    expect([requests.underway.value, requests.over.value, saved]).toEqual([[], [], []]);
  });

  it("that was refused says why, until it is dismissed", async () => {
    const { requests, at } = begun();
    const asking = requests.ask(WORD);
    at(0).refuse(new NotGiven("too_many"));
    expect(await asking).toEqual({ is: "not_given", code: "too_many" });
    expect(requests.over.value).toHaveLength(1);
    requests.dismiss(at(0).id);
    expect(requests.over.value).toEqual([]);
  });

  it("is told of while it is among the newest three", async () => {
    const { requests, at } = begun();
    const tracks = ["a", "b", "c", "d"];
    const asking = tracks.map((track) => requests.ask({ ...PDF, track }));
    tracks.forEach((_, index) => at(index).give());
    await Promise.all(asking);
    expect(requests.over.value.map(({ file }) => file.track)).toEqual(["d", "c", "b"]);
  });
});

describe("a colleague's file", () => {
  it("is seen beside one's own, with whose it is", () => {
    const { making, requests } = begun();
    void requests.ask(WORD);
    making.value = [told("theirs", { kind: "pdf", tier: "internal", began: 950, ahead: 0 })];
    expect(requests.underway.value).toMatchObject([
      { mine: true, file: WORD },
      { mine: false, file: PDF, name: "Rolf", began: 950 },
    ]);
  });

  it("is not one's own a second time, once that is over and the server tells of it still", async () => {
    const { making, requests, at } = begun();
    const asking = requests.ask(WORD);
    making.value = [told(at(0).id, { began: 950 })];
    at(0).give();
    await asking;
    expect(requests.underway.value).toEqual([]);
  });
});
