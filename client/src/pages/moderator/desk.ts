// The desk: what all parts of the page share. It asks for commands, and keeps what is open and what was answered.
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { captionsOf, pagesOf, type Captions } from "../../captions";
import type { Connection } from "../../connection";
import { locale, t } from "../../i18n";
import type { PageProps } from "../../page";
import { duration, timeOfDay } from "../../time";
import type { Command, StatusView, TeamView } from "../../wire.gen";
import { mayAct, type May } from "./model/may";
import { refusal } from "./model/refusals";
import type { Say, Writing } from "./model/say";
import { roster, type RosterPerson } from "./roster";

/** Where an answer is shown: near to what was pressed. */
export type Zone = "floor" | "list" | "time" | "dialog";

export interface Notice {
  readonly zone: Zone;
  readonly text: string;
}

export type Opened =
  | { readonly kind: "session" | "close" | "help" | "inscribe" | "suggest" }
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
  readonly captions: Captions;
  /** Reads people of the roster; rejects when they cannot be had. */
  readonly people: () => Promise<readonly RosterPerson[]>;
  #fading: ReturnType<typeof setTimeout> | undefined;

  constructor({ view, connection, session, token }: PageProps<TeamView>) {
    this.view = view;
    this.connection = connection;
    const { link, engineAway } = connection;
    this.may = computed(() => mayAct(view.value, link.value.state, engineAway.value));
    this.captions = captionsOf(connection, pagesOf(session, token));
    this.people = () => roster(session, token);
  }

  get status(): StatusView | null {
    return this.connection.status.value;
  }

  /** Session time, renewed each second. */
  get now(): number {
    return this.connection.clock.second.value;
  }

  /** How instants and durations are written: in the session's zone. */
  readonly writing = computed((): Writing => {
    const lang = locale();
    const zone = this.view.value.timezone;
    return { time: (instant) => timeOfDay(instant, zone, lang), duration };
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
    const told = refusal(ack.error, this.view.value, this.connection.clock.sessionNow());
    this.tell({ zone, text: told ? words(told) : ack.error.message });
    return false;
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
