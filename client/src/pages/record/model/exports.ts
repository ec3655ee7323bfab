// The files of the record and of the transcripts: which there are for whom, and where they come from.
import type { Code, Tier } from "../../../wire.gen";

export const RECORDS: Readonly<Record<Tier, readonly RecordKind[]>> = {
  publishable: ["json"],
  internal: ["json", "csv", "jsonl"],
};
export const TRANSCRIPTS = ["txt", "vtt", "srt"] as const;
export type RecordKind = "json" | "csv" | "jsonl";
export type TranscriptKind = (typeof TRANSCRIPTS)[number];

/** `track` null: the record, of all languages. */
export interface File {
  readonly kind: RecordKind | TranscriptKind;
  readonly tier: Tier;
  readonly track: string | null;
}

export function pathOf(session: string, { kind, tier, track }: File): string {
  const base = `/api/sessions/${encodeURIComponent(session)}`;
  const name = track === null ? `record.${kind}` : `transcript/${encodeURIComponent(track)}.${kind}`;
  return `${base}/${name}?tier=${tier}`;
}

/** Its tier is in its name, so that what others may not have says so. */
export function nameOf(session: string, { kind, tier, track }: File): string {
  return ["isegoria", session, track, tier].filter(Boolean).join("-") + `.${kind}`;
}

/** Why there is no file, by the server's code; null where it did not answer. */
export class NotGiven extends Error {
  readonly code: Code | null;

  constructor(code: Code | null) {
    super(code ?? "no answer");
    this.code = code;
  }
}

/** Rejects with NotGiven. */
export async function fetchFile(session: string, token: string, file: File): Promise<Blob> {
  const asked = { headers: { authorization: `Bearer ${token}` } };
  const answer = await fetch(pathOf(session, file), asked).catch(() => null);
  if (answer?.ok) return answer.blob();
  const problem = (await answer?.json().catch(() => null)) as { readonly code?: Code } | null | undefined;
  throw new NotGiven(problem?.code ?? null);
}
