import { beforeEach, describe, expect, it } from "vitest";
import { parse, takeToken } from "./address";

const TOKEN = "a-token-of-more-than-twenty-characters";

describe("an address", () => {
  it("names a session and a role", () => {
    expect(parse("/s/madrid-2025/speaker")).toEqual({ session: "madrid-2025", role: "speaker" });
    expect(parse("/s/madrid-2025/strip")).toEqual({ session: "madrid-2025", role: "strip" });
    expect(parse("/s/madrid-2025/stage/")).toEqual({ session: "madrid-2025", role: "stage" });
  });

  it.each(["/", "/s/x/director", "/s/x", "/s/a%20b/speaker", "/t/x/speaker"])("%s is no page", (path) => {
    expect(parse(path)).toBeNull();
  });
});

describe("the token of a personal link", () => {
  const address = { session: "x", role: "speaker" } as const;
  beforeEach(() => {
    sessionStorage.clear();
    history.replaceState(null, "", "/s/x/speaker?lang=es");
  });

  it("leaves the address bar at once and survives a reload", () => {
    location.hash = TOKEN;
    expect(takeToken(address)).toBe(TOKEN);
    expect(location.hash).toBe("");
    expect(location.search).toBe("?lang=es");
    expect(takeToken(address)).toBe(TOKEN);
  });

  it("is kept for each role of a session apart", () => {
    location.hash = TOKEN;
    takeToken(address);
    expect(takeToken({ ...address, role: "moderator" })).toBeNull();
  });

  it("is not any word after the #", () => {
    location.hash = "top";
    expect(takeToken(address)).toBeNull();
  });
});
