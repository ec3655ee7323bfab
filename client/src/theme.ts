// Light or dark: the system's, unless the reader or the address says otherwise.

import { effect, signal } from "@preact/signals";

export type Theme = "auto" | "light" | "dark";

const KEY = "isegoria.theme";
const system = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : null;
const systemDark = signal(system?.matches ?? false);
export const theme = signal<Theme>("auto");

/** Shows the theme from now on: `fixed` for this page load, else the one that was chosen last. */
export function startTheme(fixed: Theme | null): void {
  theme.value = fixed ?? known(localStorage.getItem(KEY)) ?? "auto";
  system?.addEventListener("change", (change) => (systemDark.value = change.matches));
  effect(() => {
    const dark = theme.value === "auto" ? systemDark.value : theme.value === "dark";
    document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  });
}

export function chooseTheme(chosen: Theme): void {
  localStorage.setItem(KEY, chosen);
  theme.value = chosen;
}

export function known(word: string | null): Theme | null {
  return word === "auto" || word === "light" || word === "dark" ? word : null;
}
