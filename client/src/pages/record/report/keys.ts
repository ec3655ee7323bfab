// The keys of the list of held lines. They act on the line that has the focus.
import type { PassageDecision } from "../../../wire.gen";

export const KEYS: Readonly<Record<PassageDecision, string>> = { leave_out: "X", mask: "M", release: "P" };

type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey" | "repeat">;

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1, J: 1, K: -1 };

export function decisionOf(press: Press): PassageDecision | null {
  if (press.repeat || isModified(press)) return null;
  const key = press.key.toUpperCase();
  return (Object.keys(KEYS) as PassageDecision[]).find((decision) => KEYS[decision] === key) ?? null;
}

/** To the next line, or the one before. */
export function stepOf(press: Press): 1 | -1 | null {
  if (isModified(press)) return null;
  return STEPS[press.key.length === 1 ? press.key.toUpperCase() : press.key] ?? null;
}

function isModified({ ctrlKey, altKey, metaKey }: Press): boolean {
  return ctrlKey || altKey || metaKey;
}
