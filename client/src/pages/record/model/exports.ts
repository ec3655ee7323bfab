// The files that there are: how they are grouped for people, for whom they are, and where they come from.
import type { ExportKind, ExportsOffered, HeldLine, HeldLines, Tier } from "../../../wire.gen";
import { asked } from "../asked";

export const TIERS: readonly Tier[] = ["publishable", "internal"];

/** Each kind under what it is for; `record.*` comes from one address, a transcript from one for each track. */
export const GROUPS = {
  paper: ["docx", "pdf"],
  tables: ["xlsx", "csv"],
  transcript: ["vtt", "srt", "txt"],
  machines: ["json", "jsonl", "akn"],
} as const;
export type Group = keyof typeof GROUPS;
export type Kind = (typeof GROUPS)[Group][number];

export interface Offer {
  readonly group: Group;
  readonly kinds: readonly Kind[];
}

/** What is offered in a tier, group by group; a kind that this page does not know is not shown. */
export function offers(offered: readonly ExportKind[], tier: Tier): readonly Offer[] {
  const there = new Set(offered.filter(({ tiers }) => tiers.includes(tier)).map(({ kind }) => kind));
  return (Object.keys(GROUPS) as Group[])
    .map((group) => ({ group, kinds: GROUPS[group].filter((kind) => there.has(kind)) }))
    .filter(({ kinds }) => kinds.length > 0);
}

/** How many more than the two of the working paper, whoever they are for. */
export function furtherKinds(offered: readonly ExportKind[]): number {
  const paper: readonly string[] = GROUPS.paper;
  return offered.filter(({ kind }) => !paper.includes(kind)).length;
}

/** `track` null: of all languages. */
export interface File {
  readonly kind: Kind;
  readonly tier: Tier;
  readonly track: string | null;
}

/** `making`: by which name the team is told of it while it is made. */
export function pathOf(session: string, { kind, tier, track }: File, making: string): string {
  const base = `/api/sessions/${encodeURIComponent(session)}`;
  if (track !== null) return `${base}/transcript/${encodeURIComponent(track)}.${kind}?tier=${tier}`;
  return `${base}/record.${kind}?tier=${tier}&making=${making}`;
}

/** Its tier is in its name, so that what others may not have says so. */
export function nameOf(session: string, { kind, tier, track }: File): string {
  return ["isegoria", session, track, tier].filter(Boolean).join("-") + `.${kind}`;
}

export interface Access {
  readonly session: string;
  readonly token: string;
}

/** Rejects with NotGiven, or with an AbortError once it was given up. */
export function fetchFile({ session, token }: Access, file: File, making: string, signal: AbortSignal): Promise<Blob> {
  return asked(pathOf(session, file, making), token, signal, (answer) => answer.blob());
}

/** Rejects with NotGiven. */
export function fetchOffered({ session, token }: Access): Promise<ExportsOffered> {
  const path = `/api/sessions/${encodeURIComponent(session)}/exports`;
  return asked(path, token, AbortSignal.timeout(10_000), (answer) => answer.json());
}

/** Rejects with NotGiven. */
export async function fetchHeld({ session, token }: Access): Promise<readonly HeldLine[]> {
  const path = `/api/sessions/${encodeURIComponent(session)}/held`;
  const { lines } = await asked<HeldLines>(path, token, AbortSignal.timeout(20_000), (answer) => answer.json());
  return lines;
}
