// What main.tsx gives to a page, and what a page module has to export as its default.

import type { ReadonlySignal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import type { ShownRole } from "./address";
import type { Connection } from "./connection";
import type { PersonalView, PublicView, TeamView, View } from "./wire.gen";

export interface PageProps<V extends View = View> {
  /** The newest view; a page is shown from the first one on. */
  readonly view: ReadonlySignal<V>;
  readonly connection: Connection;
  readonly role: ShownRole;
  readonly session: string;
  /** For HTTP requests: `Authorization: Bearer TOKEN`. */
  readonly token: string;
}

export type TeamPage = FunctionComponent<PageProps<TeamView>>;
export type SpeakerPage = FunctionComponent<PageProps<PersonalView>>;
/** Pages that read only what all views tell. */
export type OpenPage = FunctionComponent<PageProps<PublicView | PersonalView | TeamView>>;
