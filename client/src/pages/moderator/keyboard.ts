import { useLayoutEffect } from "preact/hooks";
import { focusOf, keysOn } from "../../team/keys";
import type { Desk } from "./desk";
import { keyAct, KEYS } from "./model/keys";

/** A key presses the button on which it is printed, so that both do the same and obey the same rules. */
export function useKeys(desk: Desk): void {
  // Before the page is seen: a key that is pressed at once must not be lost.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const covered = desk.opened.value !== null || document.querySelector("dialog[open], :popover-open") !== null;
      const act = keysOn.value ? keyAct(event, focusOf(event.target), covered) : null;
      if (!act) return;
      event.preventDefault();
      const target = document.querySelector<HTMLElement>(`[aria-keyshortcuts="${KEYS[act]}"]`);
      if (act === "find") target?.focus();
      else target?.click();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [desk]);
}
