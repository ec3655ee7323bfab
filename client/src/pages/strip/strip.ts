// The strip's life: what of its track's captions stands in the picture now, and what is to be told of it.

import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { captionsOf, EMPTY, pagesOf, type Captions, type TrackState } from "../../captions";
import type { Connection } from "../../connection";
import { t } from "../../i18n";
import type { TrackView, WireCaption } from "../../wire.gen";
import { BLANK, cleared, LATE, roll, STANDS, trackOf, type Rolling } from "./model";

/** How long after a refusal the same is asked again, in ms: a picture has nobody who would reload it. */
const AGAIN = 15_000;

export class Strip {
  readonly #connection: Connection;
  readonly #captions: Captions;
  readonly #asked: string | null;
  readonly #rolling = signal<Rolling>(BLANK);
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection, session: string, token: string, asked: string | null) {
    this.#connection = connection;
    this.#asked = asked;
    this.#captions = captionsOf(connection, pagesOf(session, token));
    effect(() => this.#captions.choose(this.#name.value === null ? [] : [this.#name.value]));
    effect(() => (this.#on.value ? this.#roll(this.#state.value) : this.#clear()));
    effect(() => {
      if (connection.link.value.state === "refused") setTimeout(() => connection.again(), AGAIN);
    });
  }

  get rolling(): ReadonlySignal<Rolling> {
    return this.#rolling;
  }

  /** What is wrong, or what is shown: for who sets the source up, and never in the picture. */
  readonly title: ReadonlySignal<string> = computed(() => {
    const link = this.#connection.link.value;
    if (link.state === "refused") return t("strip.refused");
    const view = this.#connection.view.value;
    if (link.state !== "live" || !view) return t("strip.connecting");
    const track = this.#track.value;
    if (track) return t(track.muted ? "strip.muted" : "strip.live", { track: track.track });
    const tracks = view.tracks.map((one) => one.track).join(", ");
    return t(tracks ? "strip.no_track" : "strip.no_captions", { track: this.#asked ?? "", tracks });
  });

  readonly #track = computed<TrackView | null>(() =>
    trackOf(this.#connection.view.value?.tracks ?? [], this.#asked),
  );

  readonly #name = computed(() => this.#track.value?.track ?? null);

  readonly #state = computed<TrackState>(() =>
    this.#name.value === null ? EMPTY : this.#captions.track(this.#name.value).value,
  );

  readonly #on = computed(() => this.#connection.link.value.state === "live" && this.#track.value?.muted === false);

  #roll(state: TrackState): void {
    const before = this.#rolling.peek();
    const after = roll(before, state, (line) => this.#isNews(line));
    this.#rolling.value = after;
    if (same(before, after)) return;
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.#clear(), STANDS);
  }

  #clear(): void {
    clearTimeout(this.#later);
    this.#rolling.value = cleared(this.#rolling.peek(), this.#state.peek());
  }

  // A rehearsal's clock may run faster than the wires.
  #isNews({ spoken_at }: WireCaption): boolean {
    const rate = this.#connection.view.peek()?.clock.rate ?? 1;
    return this.#connection.clock.sessionNow() - spoken_at < LATE * Math.max(1, rate);
  }
}

function same(before: Rolling, after: Rolling): boolean {
  return (
    before.lines.length === after.lines.length && before.lines.every(({ text }, n) => text === after.lines[n]?.text)
  );
}
