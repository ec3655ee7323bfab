// The files that there are: how they are grouped for people, for whom they are, and where they come from.
import type { Code, ExportKind, ExportsOffered, HeldLine, HeldLines, Tier } from "../../../wire.gen";

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

/** Why there is nothing, by the server's code; null where it did not answer. */
export class NotGiven extends Error {
  readonly code: Code | null;

  constructor(code: Code | null) {
    super(code ?? "no answer");
    this.code = code;
  }
}

export interface Access {
  readonly session: string;
  readonly token: string;
}

/** Rejects with NotGiven, or with an AbortError once it was given up. */
export async function fetchFile({ session, token }: Access, file: File, making: string, signal: AbortSignal) {
  const answer = await asked(pathOf(session, file, making), token, signal);
  return answer.blob();
}

/** Rejects with NotGiven. */
export async function fetchOffered({ session, token }: Access): Promise<ExportsOffered> {
  const answer = await asked(
    `/api/sessions/${encodeURIComponent(session)}/exports`,
    token,
    AbortSignal.timeout(10_000),
  );
  return (await answer.json()) as ExportsOffered;
}

/** Rejects with NotGiven. */
export async function fetchHeld({ session, token }: Access): Promise<readonly HeldLine[]> {
  const answer = await asked(`/api/sessions/${encodeURIComponent(session)}/held`, token, AbortSignal.timeout(20_000));
  return ((await answer.json()) as HeldLines).lines;
}

async function asked(path: string, token: string, signal: AbortSignal): Promise<Response> {
  const answer = await fetch(path, { headers: { authorization: `Bearer ${token}` }, signal }).catch(
    (reason: unknown) => {
      if (reason instanceof DOMException && reason.name === "AbortError") throw reason;
      return null;
    },
  );
  if (answer?.ok) return answer;
  const problem = (await answer?.json().catch(() => null)) as { readonly code?: Code } | null | undefined;
  throw new NotGiven(problem?.code ?? null);
}
