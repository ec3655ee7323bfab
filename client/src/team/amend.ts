// What the team asks of captions by HTTP, as it holds words: a line is corrected or retracted, a Wordly session named.
import { unanswered } from "../insist";
import type { ErrorBody, Refusal } from "../wire.gen";
import type { Kept } from "./line";

export type Answer = { readonly ok: true } | Refusal;

export interface WordlySession {
  readonly code: string;
  readonly passcode: string;
  readonly connection_code: string;
}

/** As the server writes a refusal over HTTP: the same codes as on the socket. */
interface Problem {
  readonly code: ErrorBody["code"];
  readonly detail: string;
  readonly values: ErrorBody["detail"];
  readonly retry: boolean;
}

export class Amendments {
  readonly #path: string;
  readonly #token: string;

  constructor(session: string, token: string) {
    this.#path = `/api/sessions/${encodeURIComponent(session)}`;
    this.#token = token;
  }

  /** The line gets another text, if it is still as it was seen; nothing retracts it. */
  line(track: string, { position, revision }: Kept, text: string): Promise<Answer> {
    return this.#send("POST", `captions/${encodeURIComponent(track)}/${position}`, { revision, text });
  }

  wordly(session: WordlySession): Promise<Answer> {
    return this.#send("PUT", "wordly", session);
  }

  async #send(method: string, path: string, asked: object): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.#token}`, "content-type": "application/json" };
    try {
      const answer = await fetch(`${this.#path}/${path}`, { method, headers, body: JSON.stringify(asked) });
      return answer.ok ? { ok: true } : { ok: false, error: told((await answer.json()) as Problem) };
    } catch {
      return unanswered();
    }
  }
}

const told = ({ code, detail, values, retry }: Problem): ErrorBody => ({
  code,
  message: detail,
  detail: values,
  retry,
});
