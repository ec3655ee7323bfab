// Asking until there is an answer. Without one it is unknown whether a command took effect; asking again under the same
// id tells, and makes it take effect once at most.

import { freshId } from "./ids";
import type { CommandDone, Refusal } from "./wire.gen";

export type Ack = CommandDone | Refusal;

const ATTEMPTS = 3;

/** `send` rejects when no answer came in time. */
export async function insist(send: (id: string) => Promise<Ack>): Promise<Ack> {
  const id = freshId();
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      return await send(id);
    } catch {
      // asked again below
    }
  }
  return unanswered();
}

/** What a page knows when no answer came, however often it asked. */
export function unanswered(): Refusal {
  return { ok: false, error: { code: "busy", message: "No answer from the server.", detail: {}, retry: true } };
}
