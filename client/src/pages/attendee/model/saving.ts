// The transcript so far as a file: asked of the server, which knows what each speaker allowed.

import type { Code } from "../../../wire.gen";

export const FORMATS = ["txt", "vtt", "srt"] as const;
export type Format = (typeof FORMATS)[number];

/** What could not be had, by the server's code; null where it did not answer. */
export class NotSaved extends Error {
  readonly code: Code | null;

  constructor(code: Code | null) {
    super(code ?? "no answer");
    this.code = code;
  }
}

export interface Transcript {
  readonly session: string;
  readonly track: string;
  readonly token: string;
}

/** The publishable transcript of a track. Rejects with NotSaved. */
export async function fetchTranscript({ session, track, token }: Transcript, format: Format): Promise<Blob> {
  const path = `/api/sessions/${encodeURIComponent(session)}/transcript/${encodeURIComponent(track)}.${format}`;
  const answer = await fetch(path, { headers: { authorization: `Bearer ${token}` } }).catch(() => null);
  if (answer?.ok) return answer.blob();
  const problem: unknown = await answer?.json().catch(() => null);
  throw new NotSaved(codeOf(problem));
}

export function fileName({ session, track }: Transcript, format: Format): string {
  return `isegoria-${session}-${track}.${format}`;
}

function codeOf(problem: unknown): Code | null {
  const code = typeof problem === "object" && problem !== null && "code" in problem ? problem.code : null;
  return typeof code === "string" ? (code as Code) : null;
}
