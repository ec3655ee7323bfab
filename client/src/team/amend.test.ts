import { afterEach, expect, test, vi } from "vitest";
import { Amendments } from "./amend";
import type { Kept } from "./line";

const LINE = { position: 7, revision: 2, text: "Frist" } as Kept;
const amend = new Amendments("s 1", "secret");

/** The next request is answered so; what was asked. */
function answering(body: unknown, status = 200): Request[] {
  const asked: Request[] = [];
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    asked.push(new Request(new URL(path, "http://here"), init));
    return Promise.resolve(Response.json(body, { status }));
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

test("a line is named by its position and by what was seen of it", async () => {
  const asked = answering({ track: "zh-Hans", position: 9 });
  expect(await amend.line("zh-Hans", LINE, "First")).toEqual({ ok: true });
  const [request] = asked;
  expect(request?.method).toBe("POST");
  expect(new URL(request?.url ?? "").pathname).toBe("/api/sessions/s%201/captions/zh-Hans/7");
  expect(request?.headers.get("authorization")).toBe("Bearer secret");
  expect(await request?.json()).toEqual({ revision: 2, text: "First" });
});

test("a refusal is that of the socket", async () => {
  const values = { revision: 3, text: "The first" };
  answering({ code: "stale", title: "x", status: 409, detail: "changed meanwhile", values, retry: false }, 409);
  expect(await amend.line("en", LINE, "First")).toEqual({
    ok: false,
    error: { code: "stale", message: "changed meanwhile", detail: values, retry: false },
  });
});

test("no answer, or one of somebody between, is no answer of the server's", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
  expect(await amend.wordly({ code: "ABCD-1234", passcode: "", connection_code: "" })).toMatchObject({
    error: { code: "busy", retry: true },
  });
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("<html>", { status: 502 })));
  expect(await amend.line("en", LINE, "First")).toMatchObject({ error: { code: "busy" } });
});
