import { describe, expect, test } from "vitest";
import { focusOf } from "./keys";

describe("where the focus is", () => {
  const at = (html: string): Element => {
    document.body.innerHTML = html;
    return document.querySelector("[data-at]")!;
  };

  test.each([
    ["<input data-at>", "text"],
    ["<textarea data-at></textarea>", "text"],
    ["<select data-at></select>", "text"],
    ["<input type=checkbox data-at>", "control"],
    ["<button data-at></button>", "control"],
    ["<button><span data-at></span></button>", "control"],
    ["<a href=# data-at></a>", "control"],
    ["<details><summary data-at></summary></details>", "control"],
    ["<p data-at></p>", "page"],
  ])("%s is %s", (html, focus) => {
    expect(focusOf(at(html))).toBe(focus);
  });
});
