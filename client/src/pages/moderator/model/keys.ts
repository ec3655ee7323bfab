// The page's single keys: silent when held down too.
import { printed, type Focus, type Press } from "../../../team/keys";

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

export function keyAct(press: Press, focus: Focus, covered: boolean): KeyAct | null {
  const key = press.repeat ? null : printed(press, focus, covered);
  const act = ACTS.find((known) => KEYS[known] === key) ?? null;
  return act === "primary" && focus === "control" ? null : act;
}
