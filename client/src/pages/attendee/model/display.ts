// How captions look, as a reader set it: near, previewed, remembered.

import type { Theme } from "../../../theme";

export const FACES = ["sans", "system", "serif", "mono"] as const;
export const SPACINGS = ["close", "normal", "wide"] as const;
export const COLOURS = ["auto", "light", "dark", "white_on_black", "yellow_on_black", "black_on_white"] as const;
/** Pixels at the browser's usual size of text; they grow with it. */
export const SIZES = [18, 22, 26, 32, 40, 50, 64] as const;

export interface Display {
  readonly size: (typeof SIZES)[number];
  readonly face: (typeof FACES)[number];
  readonly spacing: (typeof SPACINGS)[number];
  readonly colours: (typeof COLOURS)[number];
  /** Finals are read out by screen readers. */
  readonly announce: boolean;
}

export const USUAL: Display = { size: 26, face: "sans", spacing: "normal", colours: "auto", announce: false };

/** The page's theme under the colours; the contrasts stand on the nearest. */
export const THEMES: Readonly<Record<Display["colours"], Theme>> = {
  auto: "auto",
  light: "light",
  dark: "dark",
  white_on_black: "dark",
  yellow_on_black: "dark",
  black_on_white: "light",
};

const KEY = "isegoria.display";

/** What was chosen last; whatever is not understood of it is as usual. */
export function remembered(): Display {
  return understood(localStorage.getItem(KEY));
}

export function remember(display: Display): void {
  localStorage.setItem(KEY, JSON.stringify(display));
}

export function understood(stored: string | null): Display {
  const known = parsed(stored);
  return {
    size: oneOf(SIZES, known["size"], USUAL.size),
    face: oneOf(FACES, known["face"], USUAL.face),
    spacing: oneOf(SPACINGS, known["spacing"], USUAL.spacing),
    colours: oneOf(COLOURS, known["colours"], USUAL.colours),
    announce: known["announce"] === true,
  };
}

/** The next size up or down; the same at either end. */
export function resized(display: Display, step: 1 | -1): Display {
  const size = SIZES[SIZES.indexOf(display.size) + step];
  return size === undefined ? display : { ...display, size };
}

function parsed(stored: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(stored ?? "{}");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function oneOf<T>(known: readonly T[], value: unknown, usual: T): T {
  return known.find((candidate) => candidate === value) ?? usual;
}
