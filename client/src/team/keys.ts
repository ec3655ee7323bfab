// Single keys, as both pages of the team have them: whether they are on, and where they stay silent.
import { signal } from "@preact/signals";

const OFF = "isegoria.keys";

/** Single keys can be switched off, as somebody may dictate (WCAG 2.1.4). */
export const keysOn = signal(localStorage.getItem(OFF) !== "off");

export function chooseKeys(on: boolean): void {
  localStorage.setItem(OFF, on ? "on" : "off");
  keysOn.value = on;
}

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

const TEXT = "input:not([type=checkbox],[type=radio],[type=button]), textarea, select, [contenteditable]";
const CONTROL = "a[href], button, summary, input, [role=button], [role=menuitem], [role=switch], [tabindex]";

export function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof Element)) return "page";
  if (target.closest(TEXT)) return "text";
  return target.closest(CONTROL) ? "control" : "page";
}

/** The key as it is printed; null where it is none of the page's: while typing, behind a dialog, with Ctrl, Alt, Meta. */
export function printed(press: Press, focus: Focus, covered: boolean): string | null {
  if (covered || focus === "text" || press.defaultPrevented) return null;
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  return press.key.length === 1 ? press.key.toUpperCase() : press.key;
}
