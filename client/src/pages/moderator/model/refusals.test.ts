import { describe, expect, test } from "vitest";
import { NOW, between, view } from "../../../team/example";
import en from "../../../../locales/en/moderator.json";
import type { Code, ErrorBody } from "../../../wire.gen";
import { refusal } from "./refusals";

const error = (code: Code, detail: ErrorBody["detail"] = {}): ErrorBody => ({
  code,
  message: "As the server says.",
  detail,
  retry: false,
});

describe("Q7: a refusal says what is true now", () => {
  test("who has the floor, given by whom, and when", () => {
    const detail = { name: "Wanjiru Kamau", given_by: "Marta", began_at: NOW - 2_000, turn: "t118" };
    expect(refusal(error("floor_taken", detail), view(), NOW)).toEqual({
      key: "moderator.refusal.given_by",
      values: { who: "Wanjiru Kamau", by: "Marta", n: 2 },
    });
  });

  test("without detail the view tells; after a minute the seconds do not matter", () => {
    expect(refusal(error("floor_taken"), view(), NOW)).toEqual({
      key: "moderator.refusal.has_floor",
      values: { who: "Wanjiru Kamau" },
    });
    expect(refusal(error("turn_running"), between(), NOW)?.key).toBe("moderator.refusal.turn_running");
  });

  test("a stale turn: who has it instead, or that nobody has", () => {
    expect(refusal(error("stale", { turn: "t118" }), between(), NOW)?.key).toBe("moderator.refusal.no_floor");
    expect(refusal(error("stale", { turn: "t119" }), view(), NOW)?.key).toBe("moderator.refusal.has_floor");
  });

  test("a stale order, a stale entry", () => {
    expect(refusal(error("stale", { order_rev: 8 }), view(), NOW)?.key).toBe("moderator.refusal.stale_order");
    expect(refusal(error("stale", { status: "withdrawn", name: "Ana" }), view(), NOW)).toEqual({
      key: "moderator.refusal.is.withdrawn",
      values: { who: "Ana" },
    });
  });

  test("the session's state, the names of those who wait already", () => {
    expect(refusal(error("wrong_state"), between({ state: "suspended" }), NOW)?.key).toBe(
      "moderator.refusal.wrong_state.suspended",
    );
    expect(
      refusal(error("organisation_waiting", { name: "Ana", organisation_name: "Porto Alegre" }), view(), NOW)?.values,
    ).toEqual({
      who: "Ana",
      organisation: "Porto Alegre",
    });
  });

  test("what a code cannot say is left to the server's own words", () => {
    expect(refusal(error("malformed"), view(), NOW)).toBeNull();
    expect(refusal(error("internal"), view(), NOW)).toBeNull();
  });

  test("every sentence is in the catalogue, without blame or exclamation marks", () => {
    const said = Object.entries(en).filter(([key]) => key.startsWith("moderator.refusal."));
    expect(said.length).toBeGreaterThan(30);
    for (const [, text] of said) expect(JSON.stringify(text)).not.toMatch(/!|Error|Oops|[Ii]nvalid/u);
  });
});
