// What every part of the speaker's page gets.

import type { Command, PersonalView } from "../../wire.gen";

export interface Desk {
  readonly view: PersonalView;
  /** Session time. */
  readonly now: number;
  /** Whether anything can be changed now. */
  readonly writable: boolean;
  /** Sends a command; what a refusal says is shown by the page. True when it was accepted. */
  readonly send: (command: Command) => Promise<boolean>;
}
