// Finding in captions: over the joints of phrases, without regard to case and accents.

import { wholeOf, type Block, type Paragraph, type Piece } from "./text";

/** A part of a piece; `hit` numbers the match that it belongs to, from 0 in the whole text. */
export interface Fragment {
  readonly text: string;
  readonly hit: number | null;
}

export interface Found {
  /** The number of matches. */
  readonly count: number;
  /** By the piece's id; pieces without a match are left out. */
  readonly fragments: ReadonlyMap<string, readonly Fragment[]>;
}

export const NOTHING: Found = { count: 0, fragments: new Map() };

export function find(blocks: readonly Block[], wanted: string): Found {
  const needle = folded(wanted.trim()).text;
  if (needle === "") return NOTHING;
  const fragments = new Map<string, Fragment[]>();
  let count = 0;
  for (const block of blocks) {
    if (block.kind !== "text") continue;
    const matches = matchesIn(block, needle);
    cut(block.pieces, matches, count, fragments);
    count += matches.length;
  }
  return { count, fragments };
}

type Range = readonly [from: number, to: number];

interface Folded {
  readonly text: string;
  readonly begins: readonly number[];
  readonly ends: readonly number[];
}

// Two hours are looked through again with every new phrase; only its own paragraph is another object then.
const foldedParagraphs = new WeakMap<Paragraph, Folded>();

function foldedOf(paragraph: Paragraph): Folded {
  const known = foldedParagraphs.get(paragraph) ?? folded(wholeOf(paragraph));
  foldedParagraphs.set(paragraph, known);
  return known;
}

function matchesIn(paragraph: Paragraph, needle: string): Range[] {
  const { text, begins, ends } = foldedOf(paragraph);
  const ranges: Range[] = [];
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length))
    ranges.push([begins[at] ?? 0, ends[at + needle.length - 1] ?? 0]);
  return ranges;
}

// Case, accents, Arabic vowel signs and the tatweel that stretches words do not count.
// Folding changes lengths ("é" may be one or two, "ﬁ" becomes two), so each folded unit knows where it came from.
function folded(text: string): Folded {
  let out = "";
  let at = 0;
  const begins: number[] = [];
  const ends: number[] = [];
  for (const letter of text) {
    const plain = letter.normalize("NFKD").replace(/[\p{M}\u0640]/gu, "").toLowerCase();
    for (let unit = 0; unit < plain.length; unit += 1) begins.push(at);
    at += letter.length;
    if (plain === "" && ends.length > 0) ends[ends.length - 1] = at;
    else for (let unit = 0; unit < plain.length; unit += 1) ends.push(at);
    out += plain;
  }
  return { text: out, begins, ends };
}

function cut(pieces: readonly Piece[], matches: readonly Range[], first: number, into: Map<string, Fragment[]>): void {
  let start = 0;
  for (const { id, joint, text } of pieces) {
    start += joint.length;
    const end = start + text.length;
    const numbered = matches.map(([from, to], n) => [from, to, first + n] as const);
    const inside = numbered.filter(([from, to]) => from < end && to > start);
    if (inside.length > 0) into.set(id, fragmentsOf(text, start, inside));
    start = end;
  }
}

function fragmentsOf(text: string, start: number, inside: readonly (readonly [number, number, number])[]): Fragment[] {
  const fragments: Fragment[] = [];
  let at = 0;
  for (const [from, to, hit] of inside) {
    const [begin, end] = [Math.max(0, from - start), Math.min(text.length, to - start)];
    if (begin > at) fragments.push({ text: text.slice(at, begin), hit: null });
    fragments.push({ text: text.slice(begin, end), hit });
    at = end;
  }
  if (at < text.length) fragments.push({ text: text.slice(at), hit: null });
  return fragments;
}
