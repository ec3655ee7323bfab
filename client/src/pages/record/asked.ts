// What the parts of the page ask over HTTP.
import type { Code } from "../../wire.gen";

/** Why there is nothing, by the server's code; null where it did not answer. */
export class NotGiven extends Error {
  readonly code: Code | null;

  constructor(code: Code | null) {
    super(code ?? "no answer");
    this.code = code;
  }
}

type Read<T> = (answer: Response) => Promise<T>;

/** What `read` makes of the answer; one that breaks off on its way is none. Rejects with NotGiven, or an AbortError. */
export async function asked<T>(path: string, token: string, signal: AbortSignal, read: Read<T>): Promise<T> {
  try {
    const answer = await fetch(path, { headers: { authorization: `Bearer ${token}` }, signal });
    if (answer.ok) return await read(answer);
    const problem = (await answer.json()) as { readonly code?: Code };
    throw new NotGiven(problem.code ?? null);
  } catch (reason) {
    if (reason instanceof NotGiven || (reason instanceof DOMException && reason.name === "AbortError")) throw reason;
    throw new NotGiven(null);
  }
}
