// Handing in for others: what was begun outlives the dialog and the part of the page.
import { signal, type Signal } from "@preact/signals";
import { Contributions } from "../../../contributions";
import { Drafts } from "../../../drafts";
import { Handing, type Draft } from "../../../handing";
import type { RosterPerson } from "../../../team/roster";
import type { Desk } from "../desk";

/** As much of somebody as is needed. */
export type Author = Pick<RosterPerson, "id" | "name">;

export interface Post {
  readonly contributions: Contributions;
  readonly handing: Handing<Author>;
  readonly isOpen: Signal<boolean>;
}

const posts = new WeakMap<Desk, Post>();

/** The one of this page. */
export function postOf(desk: Desk): Post {
  const known = posts.get(desk);
  if (known) return known;
  const { session, token, view } = desk;
  const { me } = view.peek();
  const contributions = new Contributions(session, token);
  const drafts = new Drafts<Draft<Author>>(sessionStorage, `isegoria.written.${session}.${me.person ?? me.role}`);
  const post = { contributions, handing: new Handing(drafts, contributions), isOpen: signal(false) };
  posts.set(desk, post);
  return post;
}

/** Whoever of the team is here may hand in and withdraw; for this the record's own rapporteurs are not alone. */
export function canAsk({ connection }: Desk): boolean {
  return connection.writable.value;
}
