import { describe, expect, test } from "vitest";
import type { Press } from "../../../team/keys";
import { keyAct } from "./keys";

const press = (key: string, changes: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  defaultPrevented: false,
  ...changes,
});

describe("single keys", () => {
  test.each([
    ["Enter", "primary"],
    ["p", "pause"],
    ["P", "pause"],
    ["+", "extend"],
    ["-", "shorten"],
    ["e", "end"],
    ["l", "list"],
    ["u", "undo"],
    ["s", "spoken"],
    ["c", "captions"],
    ["t", "correct"],
    ["/", "find"],
    ["?", "help"],
  ])("%s is %s", (key, act) => {
    expect(keyAct(press(key), "page", false)).toBe(act);
  });

  test("other keys are nobody's", () => {
    expect(keyAct(press("x"), "page", false)).toBeNull();
    expect(keyAct(press("Escape"), "page", false)).toBeNull();
  });

  test("silent while typing, and behind a dialog or menu", () => {
    expect(keyAct(press("e"), "text", false)).toBeNull();
    expect(keyAct(press("e"), "page", true)).toBeNull();
    expect(keyAct(press("Enter"), "page", true)).toBeNull();
  });

  test("Enter on a focused button does that button only; letters still work there", () => {
    expect(keyAct(press("Enter"), "control", false)).toBeNull();
    expect(keyAct(press("e"), "control", false)).toBe("end");
  });

  test("held down, or with Ctrl, Alt or Meta: nothing", () => {
    for (const held of ["repeat", "ctrlKey", "altKey", "metaKey", "defaultPrevented"] as const)
      expect(keyAct(press("e", { [held]: true }), "page", false)).toBeNull();
  });
});
