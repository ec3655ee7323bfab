// Single keys, and when they stay silent: while typing, behind a dialog or menu, with Ctrl, Alt or Meta, held down.

export type KeyAct =
  | "primary"
  | "pause"
  | "extend"
  | "shorten"
  | "end"
  | "list"
  | "undo"
  | "spoken"
  | "captions"
  | "correct"
  | "find"
  | "help";

/** As printed on the buttons. */
export const KEYS: Readonly<Record<KeyAct, string>> = {
  primary: "Enter",
  pause: "P",
  extend: "+",
  shorten: "-",
  end: "E",
  list: "L",
  undo: "U",
  spoken: "S",
  captions: "C",
  correct: "T",
  find: "/",
  help: "?",
};
const ACTS = Object.keys(KEYS) as KeyAct[];

export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
  readonly defaultPrevented: boolean;
}

/** Where the focus is: "text" takes letters, "control" takes Enter for itself. */
export type Focus = "text" | "control" | "page";

export function keyAct(press: Press, focus: Focus, covered: boolean): KeyAct | null {
  if (covered || focus === "text" || press.repeat || press.defaultPrevented) return null;
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  const key = press.key.length === 1 ? press.key.toUpperCase() : press.key;
  const act = ACTS.find((known) => KEYS[known] === key) ?? null;
  return act === "primary" && focus === "control" ? null : act;
}

const TEXT = "input:not([type=checkbox],[type=radio],[type=button]), textarea, select, [contenteditable]";
const CONTROL = "a[href], button, summary, input, [role=button], [role=menuitem], [role=switch], [tabindex]";

export function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof Element)) return "page";
  if (target.closest(TEXT)) return "text";
  return target.closest(CONTROL) ? "control" : "page";
}
