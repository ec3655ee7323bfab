import { useLayoutEffect } from "preact/hooks";
import { focusOf, keysOn } from "../../team/keys";
import type { Desk } from "./desk";
import { KEYS, keyAct, type KeyAct } from "./model/keys";

/** Where some keys go, instead of pressing a button. */
const PLACES: Partial<Readonly<Record<KeyAct, string>>> = {
  list: ".turns [aria-current], .turns button",
  words: ".words [role=row][tabindex='0']",
  gist: "[data-place=gist]",
};

export function useKeys(desk: Desk): void {
  // Before the page is seen: a key that is pressed at once must not be lost.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const covered = document.querySelector("dialog[open]") !== null;
      const listening = keysOn.value && desk.part.value === "record";
      const act = listening ? keyAct(event, focusOf(event.target), covered) : null;
      if (!act) return;
      event.preventDefault();
      if (act === "next" || act === "previous") return desk.walk(act === "next" ? 1 : -1);
      const place = PLACES[act];
      if (place) document.querySelector<HTMLElement>(place)?.focus();
      else document.querySelector<HTMLElement>(`[aria-keyshortcuts="${KEYS[act]}"]`)?.click();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [desk]);
}
