// Captions as a text to read: phrases that follow each other run together into paragraphs, each in its own direction.

import type { GapReason, WireCaption } from "../../../wire.gen";

export interface Piece {
  readonly id: string;
  readonly at: number;
  /** What stands between it and the piece before. */
  readonly joint: string;
  readonly text: string;
  /** Still being spoken. */
  readonly open: boolean;
}

export interface Paragraph {
  readonly kind: "text";
  readonly key: string;
  readonly language: string;
  readonly dir: Direction;
  readonly made: Made;
  readonly pieces: readonly Piece[];
}

export interface Gap {
  readonly kind: "gap";
  readonly key: string;
  readonly at: number;
  readonly reason: GapReason;
  /** In ms; null while it lasts. */
  readonly lasted: number | null;
}

export type Block = Paragraph | Gap;
export type Direction = "ltr" | "rtl" | "auto";
/** How a text came to be: only what a machine translated is told from the original speech by its reader. */
export type Made = "by_hand" | "by_machine" | "translation";

/** A pause after which a new paragraph begins, in ms between the beginnings of two phrases. */
const PAUSE = 20_000;
/** From this length on a paragraph ends with its sentence; at most it goes to the second. */
const LONG = 260;
const TOO_LONG = 700;
const SENTENCE_END = /[.!?…。！？؟।][\p{Pf}\p{Pe}"']*\s*$/u;
const UNSPACED_SCRIPTS = ["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"];
const WIDE_SIGNS = "\\u3000-\\u303f\\uff00-\\uffef";
const UNSPACED = new RegExp(`[${UNSPACED_SCRIPTS.map((s) => `\\p{Script=${s}}`).join("")}${WIDE_SIGNS}]`, "u");
const RTL_SCRIPTS = new Set(["Adlm", "Arab", "Aran", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"]);

export function madeOf({ origin, is_translation }: Pick<WireCaption, "origin" | "is_translation">): Made {
  if (origin === "human") return "by_hand";
  return is_translation ? "translation" : "by_machine";
}

/** The blocks of consecutive lines. A line without text (nothing said) is left out. */
export function blocksOf(lines: readonly WireCaption[], open: ReadonlySet<string> = new Set()): Block[] {
  const blocks: (Gap | Writing)[] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    if (line.status === "gap") blocks.push(gapOf(line));
    else if (line.text.trim() === "") continue;
    else if (last?.kind === "text" && goesOn(last, line)) append(last, line, open);
    else blocks.push(begin(line, open));
  }
  return blocks;
}

/** A paragraph as one string. */
export function wholeOf({ pieces }: Paragraph): string {
  return pieces.map(({ joint: before, text }) => before + text).join("");
}

/** The direction in which a language is written; "auto" where its tag does not say. */
export function directionOf(language: string): Direction {
  try {
    const { script } = new Intl.Locale(language).maximize();
    return script === undefined ? "auto" : RTL_SCRIPTS.has(script) ? "rtl" : "ltr";
  } catch {
    return "auto";
  }
}

/** What stands between two phrases: nothing in scripts that know no spaces, else one. */
export function joint(before: string, after: string): string {
  if (before === "" || /\s$/u.test(before) || /^\s/u.test(after)) return "";
  return UNSPACED.test(before.slice(-1)) || UNSPACED.test(after.slice(0, 1)) ? "" : " ";
}

/** A phrase on one line: the feed's own line breaks belong to its screen, not to ours. */
export function oneLine(text: string): string {
  return text
    .split(/\s*\n\s*/u)
    .filter((part) => part !== "")
    .reduce((whole, part) => whole + joint(whole, part) + part, "");
}

interface Writing extends Paragraph {
  pieces: Piece[];
  written: string;
  last: WireCaption;
}

function goesOn(paragraph: Writing, line: WireCaption): boolean {
  if (paragraph.language !== line.language || paragraph.made !== madeOf(line)) return false;
  if (line.spoken_at - paragraph.last.spoken_at > PAUSE) return false;
  const { length } = paragraph.written;
  return length < LONG || (length < TOO_LONG && !SENTENCE_END.test(paragraph.written));
}

function begin(line: WireCaption, open: ReadonlySet<string>): Writing {
  const { id: key, language } = line;
  const [dir, made] = [directionOf(language), madeOf(line)];
  const paragraph: Writing = { kind: "text", key, language, dir, made, pieces: [], written: "", last: line };
  append(paragraph, line, open);
  return paragraph;
}

function append(paragraph: Writing, line: WireCaption, open: ReadonlySet<string>): void {
  const text = oneLine(line.text);
  const before = joint(paragraph.written, text);
  paragraph.pieces.push({ id: line.id, at: line.spoken_at, joint: before, text, open: open.has(line.id) });
  paragraph.written += before + text;
  paragraph.last = line;
}

function gapOf(line: WireCaption): Gap {
  const lasted = line.ends_at === null ? null : line.ends_at - line.spoken_at;
  return { kind: "gap", key: line.id, at: line.spoken_at, reason: line.reason ?? "interrupted", lasted };
}
