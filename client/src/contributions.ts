// What comes in writing, over HTTP: handing in with progress, reading, withdrawing; and what may be handed in.
import type { Code, ContributionKind, Value } from "./wire.gen";

/** Bytes of one file, and of all of a session's: the server's limits. */
export const LARGEST = 2_097_152;
export const CEILING = 104_857_600;

export const PLAIN = "text/plain";
/** What the server takes: media type -> the ending of a file's name. */
const TAKEN: Readonly<Record<string, string>> = {
  [PLAIN]: "txt",
  "application/pdf": "pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.oasis.opendocument.text": "odt",
  "application/rtf": "rtf",
};
/** For file dialogs. */
export const ACCEPTED = Object.values(TAKEN)
  .map((ending) => `.${ending}`)
  .join(",");

/** "PDF", "TXT": what people call a kind of file; as it stands where it has no such name. */
export function kindOf(media: string): string {
  return (TAKEN[media] ?? media).toUpperCase();
}

/** By the ending of its name, since browsers know few of these types; null for what is not taken. */
export function mediaOf(name: string): string | null {
  const ending = /\.([a-z]+)$/iu.exec(name)?.[1]?.toLowerCase();
  return Object.keys(TAKEN).find((media) => TAKEN[media] === ending) ?? null;
}

/** As the server counts them. */
export function wordsIn(text: string): number {
  return text.split(/\s+/u).filter(Boolean).length;
}

export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** A text file's words: UTF-8 or UTF-16 with its mark, else what older editors of the West write. */
export function decoded(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes);
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** One text or file on its way, and whose it is. */
export interface Parcel {
  readonly body: Blob;
  readonly media: string;
  /** Asked again under the same key it is received once. */
  readonly key: string;
  readonly kind: ContributionKind;
  /** Null: of who hands it in. */
  readonly person: string | null;
  readonly entry: string | null;
  readonly language: string | null;
}

/** Why something was not done; no code where the server has not answered. */
export interface Problem {
  readonly code: Code | null;
  readonly values: Readonly<Record<string, Value>>;
  /** Whether the same may be done in a moment. */
  readonly retry: boolean;
}

const UNANSWERED: Problem = { code: null, values: {}, retry: true };

/** Of the server's own faults and of what stands before it the answer may be another in a moment. */
export function problemOf(status: number, body: string): Problem {
  try {
    const { code, values, retry } = JSON.parse(body) as Partial<Problem>;
    if (code) return { code, values: values ?? {}, retry: retry ?? false };
  } catch {
    // an answer of a proxy's
  }
  if (status === 413) return { code: "too_large", values: {}, retry: false };
  return { ...UNANSWERED, retry: status >= 500 };
}

export type Progress = (sent: number, total: number) => void;
/** Settles with null when it was received; rejects only when `signal` ends it. */
export type HandIn = (parcel: Parcel, progress: Progress, signal: AbortSignal) => Promise<Problem | null>;

/** The contributions of one session, for whoever came by this link. */
export class Contributions {
  readonly #base: string;
  readonly #token: string;
  readonly #texts = new Map<string, string>();

  constructor(session: string, token: string) {
    this.#base = `/api/sessions/${encodeURIComponent(session)}/contributions`;
    this.#token = token;
  }

  // Not by fetch, which tells nothing of how far an upload is.
  readonly handIn: HandIn = (parcel, progress, signal) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", `${this.#base}?${queryOf(parcel)}`);
      request.setRequestHeader("Authorization", `Bearer ${this.#token}`);
      request.setRequestHeader("Content-Type", parcel.media);
      request.setRequestHeader("Idempotency-Key", parcel.key);
      request.upload.onprogress = ({ loaded, total }) => progress(loaded, total);
      request.onload = () => resolve(request.status < 300 ? null : problemOf(request.status, request.responseText));
      request.onerror = () => resolve(UNANSWERED);
      signal.addEventListener("abort", () => {
        request.abort();
        reject(signal.reason);
      });
      request.send(parcel.body);
    });

  /** The words of one that is a text, read once. Rejects when they cannot be had. */
  async text(id: string): Promise<string> {
    const known = this.#texts.get(id);
    if (known !== undefined) return known;
    const text = decoded(await (await this.file(id)).arrayBuffer());
    this.#texts.set(id, text);
    return text;
  }

  /** Rejects when it cannot be had. */
  async file(id: string): Promise<Blob> {
    const answer = await this.#ask(id, "GET");
    if (!answer.ok) throw new Error(`contribution: ${answer.status}`);
    return answer.blob();
  }

  /** Null when it is gone, by this or before. */
  async withdraw(id: string): Promise<Problem | null> {
    const answer = await this.#ask(id, "DELETE").catch(() => null);
    if (!answer) return UNANSWERED;
    if (answer.ok) return null;
    const problem = problemOf(answer.status, await answer.text().catch(() => ""));
    return problem.code === "stale" ? null : problem;
  }

  #ask(id: string, method: string): Promise<Response> {
    return fetch(`${this.#base}/${encodeURIComponent(id)}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}` },
    });
  }
}

function queryOf({ kind, person, entry, language }: Parcel): string {
  const told = { kind, person, entry, language };
  return new URLSearchParams(Object.entries(told).filter((pair): pair is [string, string] => !!pair[1])).toString();
}

export function nameOfFile(session: string, id: string, media: string): string {
  return `isegoria-${session}-${id}.${TAKEN[media] ?? "bin"}`;
}
