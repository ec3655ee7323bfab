// The desk: what all parts of the rapporteur's page share. It knows which intervention is shown, and asks for commands.
import { computed, effect, signal, untracked, type ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { captionsOf, pagesOf, type Captions, type TrackState } from "../../captions";
import type { Connection } from "../../connection";
import { Drafts } from "../../drafts";
import type { Ack } from "../../insist";
import { language, locale, t } from "../../i18n";
import type { PageProps } from "../../page";
import { refusalText } from "../../refusal";
import { Amendments } from "../../team/amend";
import type { Draft as LineDraft } from "../../team/line";
import { TeamNames } from "../../team/names";
import { roster, type RosterPerson } from "../../team/roster";
import { timeOfDay, timeWithSeconds } from "../../time";
import type { Command, ErrorBody, TeamView, TrackView } from "../../wire.gen";
import { Gists } from "./gists";
import type { Draft } from "./model/gist";
import { interventions, neighbour, shown, type Intervention } from "./model/interventions";
import { whyNot, type WhyNot } from "./model/may";
import { besideOf, followed, isIncomplete, originalOf } from "./model/passage";
import type { Task } from "./model/todo";

export const PARTS = ["record", "statistics", "written", "report"] as const;
export type Part = (typeof PARTS)[number];

export type Opened = "topic" | "remarks" | "help" | null;

const BESIDE = "isegoria.record.beside";
const NOTICE_FOR = 15_000;

/** Remarks as they are written. */
export interface RemarksDraft {
  readonly person: RosterPerson | null;
  readonly segment: string | null;
  readonly text: string;
}

export class Desk {
  readonly view: ReadonlySignal<TeamView>;
  readonly connection: Connection;
  readonly session: string;
  readonly token: string;
  readonly captions: Captions;
  readonly amend: Amendments;
  readonly gists: Gists;
  readonly remarks: Drafts<RemarksDraft>;
  /** Lines of the captions that are being corrected. */
  readonly corrections: Drafts<LineDraft>;
  readonly opened = signal<Opened>(null);
  /** The part of the page, which its address tells after the "#". */
  readonly part = signal<Part>(partOf(location.hash));
  readonly notice = signal<string | null>(null);
  /** What the live region says. */
  readonly said = signal("");
  /** Where the focus is to go once it is there: the first place where the task is done. */
  readonly goal = signal<Task | null>(null);
  /** The intervention that the rapporteur is on; null follows who speaks. */
  readonly chosen = signal<string | null>(null);
  readonly #beside = signal(localStorage.getItem(BESIDE));
  readonly #names: TeamNames;
  #fading: ReturnType<typeof setTimeout> | undefined;

  constructor({ view, connection, session, token }: PageProps<TeamView>) {
    this.view = view;
    this.connection = connection;
    this.session = session;
    this.token = token;
    this.captions = captionsOf(connection, pagesOf(session, token));
    this.amend = new Amendments(session, token);
    this.#names = new TeamNames(() => [view.value.me, ...(connection.status.value?.people ?? [])], this.people);
    const whose = `${session}.${view.peek().me.person ?? view.peek().me.role}`;
    this.gists = new Gists(new Drafts<Draft>(sessionStorage, `isegoria.gist.${whose}`), {
      stored: (entry) => view.value.notebook.notes.find((one) => one.entry === entry)?.gist ?? null,
      version: () => view.value.version,
      me: () => view.peek().me.name,
      now: () => connection.clock.sessionNow(),
      ask: (command) => connection.command(command),
      canAsk: () => this.why.peek() === null,
    });
    this.remarks = new Drafts(sessionStorage, `isegoria.remarks.${whose}`);
    this.corrections = new Drafts(sessionStorage, `isegoria.line.${whose}`);
  }

  /** Starts what goes on by itself for as long as the page is there; gives back what ends it. */
  start(): () => void {
    const leave = (): void => this.gists.saveAll();
    const turn = (): void => {
      this.gists.saveAll();
      this.part.value = partOf(location.hash);
    };
    addEventListener("pagehide", leave);
    addEventListener("hashchange", turn);
    const ends = [
      effect(() => this.captions.choose(this.#followed.value)),
      effect(() => this.#readBack()),
      effect(() => {
        if (this.why.value === null) untracked(() => this.gists.saveAll());
      }),
      () => removeEventListener("pagehide", leave),
      () => removeEventListener("hashchange", turn),
    ];
    return () => ends.forEach((end) => end());
  }

  // --- what is shown -----------------------------------------------------------------------------

  readonly all: ReadonlySignal<readonly Intervention[]> = computed(() => interventions(this.view.value));
  readonly shown: ReadonlySignal<Intervention | null> = computed(() => shown(this.all.value, this.chosen.value));
  readonly running: ReadonlySignal<Intervention | null> = computed(
    () => this.all.value.find(({ running }) => running) ?? null,
  );

  readonly original: ReadonlySignal<TrackView | null> = computed(() => originalOf(this.view.value.tracks));
  readonly beside: ReadonlySignal<TrackView | null> = computed(() =>
    besideOf(this.view.value.tracks, this.#beside.value, language.value),
  );

  readonly #followed = computed((): readonly string[] => {
    const quotes = this.shown.value?.notes.quotes ?? [];
    return followed([this.original.value, this.beside.value], quotes);
  });

  known = (track: string): TrackState => this.captions.track(track).value;

  /** The language beside the original, remembered in this browser; "" for none. */
  putBeside(track: string): void {
    localStorage.setItem(BESIDE, track);
    this.#beside.value = track;
  }

  /** Goes to an intervention; what was typed on the one before is saved. Who speaks now is followed from then on. */
  go(entry: string | null): void {
    this.gists.saveAll();
    this.chosen.value = entry === this.running.value?.entry.id ? null : entry;
  }

  /** To the next one in the list, or to one further on or back. */
  walk(by: number): void {
    this.go(neighbour(this.all.value, this.shown.value?.entry.id ?? null, by));
  }

  /** Whoever works on an intervention stays with it, though another begins. */
  stay(): void {
    this.chosen.value ??= this.shown.value?.entry.id ?? null;
  }

  // Of a turn that began before what was given at first, older pages are read, one after the other.
  #readBack(): void {
    const turns = this.shown.value?.turns ?? [];
    for (const track of this.#followed.value)
      if (isIncomplete(this.known(track), turns)) this.captions.older(track).catch(() => (this.unread.value = true));
  }

  /** Older captions could not be had. */
  readonly unread = signal(false);

  // --- what can be done --------------------------------------------------------------------------

  /** Why nothing can be written now; null when it can. */
  readonly why: ReadonlySignal<WhyNot | null> = computed(() =>
    whyNot(this.view.value.me.role, this.connection.link.value.state, this.connection.engineAway.value),
  );

  /** The answer; a refusal is told, `done` is told to screen readers. */
  async ask(command: Command, done?: string): Promise<Ack | null> {
    if (this.why.peek() !== null) return null;
    this.tell(null);
    const ack = await this.connection.command(command);
    if (!ack.ok) this.tell(this.sentence(ack.error));
    else if (done) this.said.value = done;
    return ack;
  }

  sentence(error: ErrorBody): string {
    const name = error.detail["name"];
    if (error.code === "no_change" && typeof name === "string") return t("record.quote.confirmed_already", { name });
    return refusalText(error);
  }

  tell(text: string | null): void {
    clearTimeout(this.#fading);
    this.notice.value = text;
    if (text) this.#fading = setTimeout(() => (this.notice.value = null), NOTICE_FOR);
  }

  close = (): void => {
    this.opened.value = null;
  };

  // --- how it is written -------------------------------------------------------------------------

  get now(): number {
    return this.connection.clock.second.value;
  }

  time = (instant: number): string => timeOfDay(instant, this.view.value.timezone, locale());
  exactTime = (instant: number): string => timeWithSeconds(instant, this.view.value.timezone, locale());

  readonly people = (): Promise<readonly RosterPerson[]> => roster(this.session, this.token);

  /** What somebody of the team is called. */
  readonly teamName = (person: string): string => this.#names.of(person) ?? t("team.someone");
}

function partOf(hash: string): Part {
  return PARTS.find((part) => hash === `#${part}`) ?? "record";
}

export const AtDesk = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(AtDesk);
  if (!desk) throw new Error("a part of the rapporteur's page stands outside of it");
  return desk;
}
