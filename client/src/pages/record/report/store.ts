// What the parts of the page that have to do with files share: one for as long as the page is there.
import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { save } from "../../../save";
import type { ExportsOffered, HeldLine, PassageDecision, Tier } from "../../../wire.gen";
import { useDesk, type Desk } from "../desk";
import { NotGiven } from "../asked";
import { fetchFile, fetchHeld, fetchOffered, nameOf } from "../model/exports";
import { Holding } from "./holding";
import { Requests } from "./requests";

/** The words of the paper are counted anew while people write. */
const COUNTED_EVERY = 20_000;
/** Nothing was counted yet: it takes a moment. */
const COUNTED_SOON = 1_500;

export class Store {
  readonly desk: Desk;
  readonly requests: Requests;
  readonly holding: Holding;
  readonly tier = signal<Tier>("publishable");
  readonly offered = signal<ExportsOffered | null>(null);
  /** Where the focus is to go once it is there. */
  readonly goal = signal<"held" | null>(null);

  constructor(desk: Desk) {
    this.desk = desk;
    const { session, token, connection } = desk;
    this.requests = new Requests({
      making: computed(() => connection.status.value?.making ?? []),
      now: () => connection.clock.engineNow(),
      fetch: (file, making, stop) => fetchFile(desk, file, making, stop),
      save: (blob, file) => save(blob, nameOf(session, file)),
    });
    this.holding = new Holding({
      version: computed(() => versionOf(desk)),
      isLive: computed(() => connection.link.value.state === "live"),
      fetch: () => fetchHeld({ session, token }),
      decide: (line, decision) => this.#decide(line, decision),
    });
  }

  /** Nothing can be had while the server, or its store, is away. */
  readonly away: ReadonlySignal<boolean> = computed(
    () => this.desk.connection.engineAway.value || this.desk.connection.link.value.state !== "live",
  );

  start(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const count = async (): Promise<void> => {
      clearTimeout(timer);
      await this.#readOffered();
      timer = setTimeout(
        () => void count(),
        this.offered.peek()?.words.publishable == null ? COUNTED_SOON : COUNTED_EVERY,
      );
    };
    const ends = [
      this.holding.start(),
      effect(() => {
        if (!this.away.value) void count();
        else clearTimeout(timer);
      }),
      () => clearTimeout(timer),
    ];
    return () => ends.forEach((end) => end());
  }

  async #readOffered(): Promise<void> {
    try {
      this.offered.value = await fetchOffered(this.desk);
    } catch (problem) {
      // What was known stays; it is asked again.
      if (!(problem instanceof NotGiven)) throw problem;
    }
  }

  async #decide({ track, position, persons }: HeldLine, decision: PassageDecision): Promise<boolean> {
    const about = persons.map(({ person }) => person);
    const ack = await this.desk.ask({ type: "decide_passage", track, position, decision, persons: about });
    return ack?.ok ?? false;
  }
}

const KNOWN = new WeakMap<Desk, Store>();

export function useStore(): Store {
  const desk = useDesk();
  const store = KNOWN.get(desk) ?? new Store(desk);
  KNOWN.set(desk, store);
  return store;
}

/** The same, kept as new as the session while what uses it is shown. */
export function useLiveStore(): Store {
  const store = useStore();
  useEffect(() => store.start(), [store]);
  return store;
}

/** Whatever the held lines depend on that a view tells. */
function versionOf(desk: Desk): string {
  const { epoch, roster_revision: revision, spoken, entries, notebook, segments } = desk.view.value;
  const choices = entries.map(({ attribution, protected: secret }) => `${attribution}${secret}`);
  const confided = segments.map(({ chatham_house: on }) => on);
  const passages = notebook.passages.map(({ track, position, decision }) => `${track}${position}${decision}`);
  return JSON.stringify([epoch, revision, spoken.length, choices, confided, passages]);
}
