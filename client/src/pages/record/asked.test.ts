import { afterEach, describe, expect, it, vi } from "vitest";
import { asked, NotGiven } from "./asked";

describe("what was asked for", () => {
  const answering = (answer: (signal: AbortSignal) => Promise<Response>) =>
    vi.stubGlobal("fetch", (_: string, { signal }: RequestInit) => answer(signal as AbortSignal));
  const ask = (signal = new AbortController().signal) => asked("/file", "secret", signal, (answer) => answer.blob());
  afterEach(() => vi.unstubAllGlobals());

  it("comes whole, or not at all", async () => {
    answering(() => Promise.resolve(new Response("PK")));
    expect(await (await ask()).text()).toBe("PK");
    const broken = { ok: true, blob: () => Promise.reject(new TypeError("network error")) } as unknown as Response;
    answering(() => Promise.resolve(broken));
    await expect(ask()).rejects.toMatchObject({ name: "Error", code: null });
    await expect(ask()).rejects.toBeInstanceOf(NotGiven);
  });

  it("is refused by the server's code, or by none where the answer is a proxy's", async () => {
    answering(() => Promise.resolve(Response.json({ code: "busy" }, { status: 503 })));
    await expect(ask()).rejects.toMatchObject({ code: "busy" });
    answering(() => Promise.resolve(new Response("<html>", { status: 502 })));
    await expect(ask()).rejects.toMatchObject({ code: null });
  });

  it("that was given up is not told as refused", async () => {
    const stop = new AbortController();
    answering((signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))));
    const given = ask(stop.signal);
    stop.abort();
    await expect(given).rejects.not.toBeInstanceOf(NotGiven);
  });
});
