// The page's single keys. As on the moderator's page each presses the button on which it is printed, or goes to a place.
import { printed, type Focus, type Press } from "../../../team/keys";

export const KEYS = {
  practice: "1",
  challenge: "2",
  request: "3",
  topic: "T",
  confirm: "Q",
  remarks: "R",
  follow: "F",
  next: "J",
  previous: "K",
  list: "L",
  words: "W",
  gist: "G",
  help: "?",
} as const;
export type KeyAct = keyof typeof KEYS;

const ACTS = Object.keys(KEYS) as KeyAct[];

/** Silent when held down, unless it walks. */
export function keyAct(press: Press, focus: Focus, covered: boolean): KeyAct | null {
  const key = printed(press, focus, covered);
  const act = ACTS.find((known) => KEYS[known] === key) ?? null;
  return press.repeat && act !== "next" && act !== "previous" ? null : act;
}
