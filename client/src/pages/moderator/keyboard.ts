import { signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import type { Desk } from "./desk";
import { focusOf, keyAct, KEYS } from "./model/keys";

const OFF = "isegoria.keys";

/** Single keys can be switched off, as somebody may dictate (WCAG 2.1.4). */
export const keysOn = signal(localStorage.getItem(OFF) !== "off");

export function chooseKeys(on: boolean): void {
  localStorage.setItem(OFF, on ? "on" : "off");
  keysOn.value = on;
}

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
