// The desk: what all parts of the page share. It asks for commands, and keeps what is open and what was answered.
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { captionsOf, pagesOf, type Captions, type Pages } from "../../captions";
import type { Connection } from "../../connection";
import { Drafts } from "../../drafts";
import { locale, t } from "../../i18n";
import type { PageProps } from "../../page";
import { languageName } from "../../people";
import { Amendments } from "../../team/amend";
import type { Draft } from "../../team/line";
import { TeamNames } from "../../team/names";
import { roster, type RosterPerson } from "../../team/roster";
import { duration, timeOfDay } from "../../time";
import type { Command, ErrorBody, StatusView, TeamView } from "../../wire.gen";
import { feedName } from "./feedName";
import { mayAct, mayCorrect, type May } from "./model/may";
import { refusal } from "./model/refusals";
import type { Say, Writing } from "./model/say";

/** Where an answer is shown: near to what was pressed. */
export type Zone = "floor" | "list" | "time" | "dialog";

export interface Notice {
  readonly zone: Zone;
  readonly text: string;
}

export type Opened =
  | { readonly kind: "session" | "close" | "help" | "inscribe" | "suggest" }
  | { readonly kind: "captions"; readonly part: "feeds" | "lines"; readonly line?: string | undefined }
  | { readonly kind: "substitute" | "withdraw" | "place"; readonly entry: string }
  | { readonly kind: "message"; readonly person: string; readonly name: string };

const NOTICE_FOR = 15_000;

export class Desk {
  readonly notice = signal<Notice | null>(null);
  readonly opened = signal<Opened | null>(null);
  /** What the live region says. */
  readonly said = signal("");
  readonly found = signal("");
  /** The row that keeps the focus when the list moves under it. */
  readonly held = signal<string | null>(null);
  readonly view: ReadonlySignal<TeamView>;
  readonly connection: Connection;
  readonly may: ReadonlySignal<May>;
  /** The floor may be in other hands: whoever is of the team corrects captions. */
  readonly mayCorrect: ReadonlySignal<boolean>;
  readonly captions: Captions;
  /** Which tracks are followed: the line under the clock's, and that of the dialog. */
  readonly #followed = new Map<"line" | "dialog", string>();
  readonly pages: Pages;
  readonly amend: Amendments;
  /** Lines of the captions that are being corrected. */
  readonly corrections: Drafts<Draft>;
  /** Reads people of the roster; rejects when they cannot be had. */
  readonly people: () => Promise<readonly RosterPerson[]>;
  readonly #names: TeamNames;
  #fading: ReturnType<typeof setTimeout> | undefined;

  constructor({ view, connection, session, token }: PageProps<TeamView>) {
    this.view = view;
    this.connection = connection;
    const { link, engineAway } = connection;
    this.may = computed(() => mayAct(view.value, link.value.state, engineAway.value));
    this.mayCorrect = computed(() => mayCorrect(link.value.state, engineAway.value));
    this.pages = pagesOf(session, token);
    this.captions = captionsOf(connection, this.pages);
    this.amend = new Amendments(session, token);
    const { person, role } = view.peek().me;
    this.corrections = new Drafts(sessionStorage, `isegoria.line.${session}.${person ?? role}`);
    this.people = () => roster(session, token);
    this.#names = new TeamNames(() => [view.value.me, ...(this.status?.people ?? [])], this.people);
  }

  /** What is followed for one place of the page; other places keep theirs. */
  follow(place: "line" | "dialog", track: string | null): void {
    if (track === null) this.#followed.delete(place);
    else this.#followed.set(place, track);
    this.captions.choose([...new Set(this.#followed.values())]);
  }

  /** What somebody of the team is called. */
  readonly teamName = (person: string): string => this.#names.of(person) ?? t("team.someone");

  get status(): StatusView | null {
    return this.connection.status.value;
  }

  /** Session time, renewed each second. */
  get now(): number {
    return this.connection.clock.second.value;
  }

  /** How sentences write: instants in the session's zone, feeds by what they are called. */
  readonly writing = computed((): Writing => {
    const lang = locale();
    const zone = this.view.value.timezone;
    const feeds = this.status?.feeds ?? [];
    return {
      time: (instant) => timeOfDay(instant, zone, lang),
      duration,
      language: languageName,
      feed: (id) => feedName(feeds.find((feed) => feed.feed === id)) ?? id,
    };
  });

  /** Whether it took effect. A refusal is told in `zone`, with what is true now; `done` is told to screen readers. */
  async ask(command: Command | null, zone: Zone, done?: string): Promise<boolean> {
    if (!command || !this.may.value.act) return false;
    this.tell(null);
    const ack = await this.connection.command(command);
    if (ack.ok) {
      if (done) this.said.value = done;
      return true;
    }
    this.tell({ zone, text: this.sentence(ack.error) });
    return false;
  }

  /** A refusal in the page's words, with what is true now. */
  sentence(error: ErrorBody): string {
    const told = refusal(error, this.view.value, this.connection.clock.sessionNow());
    return told ? words(told) : error.message;
  }

  tell(notice: Notice | null): void {
    clearTimeout(this.#fading);
    this.notice.value = notice;
    if (notice) this.#fading = setTimeout(() => (this.notice.value = null), NOTICE_FOR);
  }

  open(opened: Opened): void {
    this.tell(null);
    this.opened.value = opened;
  }

  close = (): void => {
    this.tell(null);
    this.opened.value = null;
  };
}

export const words = ({ key, values, what }: Say): string => t(key, what ? { ...values, what: words(what) } : values);

export const AtDesk = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(AtDesk);
  if (!desk) throw new Error("a part of the moderator's page stands outside of it");
  return desk;
}
