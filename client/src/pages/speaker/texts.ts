// A speaker's texts: handed in from any state of the page, so they outlive all of them.
import { effect, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Connection } from "../../connection";
import { Contributions } from "../../contributions";
import { Drafts } from "../../drafts";
import { Handing, type Draft } from "../../handing";
import type { PersonalView } from "../../wire.gen";

export interface Texts {
  readonly contributions: Contributions;
  readonly handing: Handing<null>;
  /** Whether the form is shown. */
  readonly open: { value: boolean };
}

export function useTexts(view: PersonalView, connection: Connection, token: string): Texts {
  const texts = useMemo(() => textsOf(view, token), []);
  useEffect(() => effect(() => void (connection.writable.value && texts.handing.nudge())), [texts]);
  return texts;
}

function textsOf({ session, me, entries }: PersonalView, token: string): Texts {
  const contributions = new Contributions(session, token);
  const drafts = new Drafts<Draft<null>>(sessionStorage, `isegoria.text.${session}.${me.person}`);
  const handing = new Handing(drafts, contributions);
  const unheard = entries.some(({ status }) => status === "not_heard");
  return { contributions, handing, open: signal(unheard || handing.draft.text !== "") };
}
