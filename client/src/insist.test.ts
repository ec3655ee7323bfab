import { describe, expect, it } from "vitest";
import { insist, type Ack } from "./insist";

const DONE: Ack = { ok: true, version: 7 };
const REFUSED: Ack = { ok: false, error: { code: "stale", message: "", detail: {}, retry: false } };

/** Answers the attempts in turn; null is no answer. */
function server(...answers: (Ack | null)[]) {
  const ids: string[] = [];
  const send = async (id: string): Promise<Ack> => {
    ids.push(id);
    const answer = answers.shift();
    if (!answer) throw new Error("no answer in time");
    return answer;
  };
  return { ids, send };
}

describe("a command without an answer", () => {
  it("is asked again under the same id, so that it takes effect once at most", async () => {
    const { ids, send } = server(null, null, DONE);
    expect(await insist(send)).toEqual(DONE);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
  });

  it("is given up after three times, and may be tried again", async () => {
    const { ids, send } = server();
    expect(await insist(send)).toMatchObject({ ok: false, error: { code: "busy", retry: true } });
    expect(ids).toHaveLength(3);
  });

  it("is not asked again when it was refused", async () => {
    const { ids, send } = server(REFUSED, DONE);
    expect(await insist(send)).toEqual(REFUSED);
    expect(ids).toHaveLength(1);
  });

  it("has another id than the next command", async () => {
    const { ids, send } = server(DONE, DONE);
    await insist(send);
    await insist(send);
    expect(new Set(ids).size).toBe(2);
  });
});
