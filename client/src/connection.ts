// The one connection of a page to the server: views in, commands out. Pages read signals and await acknowledgements.

import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { io, type Socket } from "socket.io-client";
import { Clock, keepTime } from "./clock";
import { insist, unanswered, type Ack } from "./insist";
import type {
  Auth,
  CaptionsFrame,
  ClientEvents,
  Code,
  Command,
  EngineView,
  ErrorBody,
  FollowDone,
  FollowRequest,
  Refusal,
  ServerEvents,
  StatusView,
  View,
} from "./wire.gen";

export type Link =
  | { readonly state: "connecting" }
  | { readonly state: "live" }
  | { readonly state: "reconnecting"; readonly since: number }
  | { readonly state: "refused"; readonly code: Code | null; readonly message: string };

const ANSWER_WITHIN = 5_000;
const COME_BACK_AFTER = 1_000;
const ASK_AGAIN_AFTER = 5_000;

/**
 * Whether `next` is to be shown. Another epoch starts afresh: the engine lost its tail. Of two of the same instant it
 * is the one that comes later: a text is read after the entry that tells of it, and a rehearsal's clock may stand.
 */
export function newer(shown: View | null, next: View): boolean {
  if (!shown || shown.epoch !== next.epoch) return true;
  return next.version > shown.version || (next.version === shown.version && next.at >= shown.at);
}

export class Connection {
  readonly clock = new Clock();
  readonly #socket: Socket<ServerEvents, ClientEvents>;
  readonly #view = signal<View | null>(null);
  readonly #status = signal<StatusView | null>(null);
  readonly #link = signal<Link>({ state: "connecting" });
  readonly #engine = signal<EngineView["engine"]>("ok");
  readonly #refusedAway = signal(false);
  readonly #listeners = new Set<(frame: CaptionsFrame) => void>();
  readonly #measureTime: () => void;
  #comeBackAfter = COME_BACK_AFTER;
  #awayTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(auth: Auth) {
    const transports = ["websocket", "polling"]; // town halls sit behind proxies that let no WebSocket through
    this.#socket = io({ auth, transports, tryAllTransports: true, reconnectionDelayMax: 5_000 });
    this.#socket.io.on("open", () => this.clock.asked()); // asks to be let in; the time comes with the answer
    this.#socket.on("time", ({ t }) => this.clock.answered(t));
    this.#socket.on("connect", () => this.#live());
    this.#socket.on("leaving", ({ within_ms }) => (this.#comeBackAfter = Math.random() * within_ms));
    this.#socket.on("disconnect", (reason) => this.#lost(reason));
    this.#socket.on("connect_error", (error) => this.#failed(error));
    this.#socket.on("view", (view) => this.#show(view));
    this.#socket.on("status", (status) => (this.#status.value = status));
    this.#socket.on("engine", ({ engine }) => (this.#engine.value = engine));
    this.#socket.on("captions", (frame) => this.#listeners.forEach((listener) => listener(frame)));
    this.#measureTime = keepTime(this.clock, () => this.#askTime());
  }

  get view(): ReadonlySignal<View | null> {
    return this.#view;
  }

  /** Who is connected and which feeds are alive; the team alone is told. */
  get status(): ReadonlySignal<StatusView | null> {
    return this.#status;
  }

  get link(): ReadonlySignal<Link> {
    return this.#link;
  }

  /** The server is there but its engine is not: nothing can be changed now. */
  readonly engineAway = computed(() => this.#engine.value === "away" || this.#refusedAway.value);

  /** Whether a command can be sent now. */
  readonly writable = computed(() => this.#link.value.state === "live" && !this.engineAway.value);

  /** Asks until there is an answer, under one id, so that it takes effect once at most. */
  async command(command: Command): Promise<Ack> {
    const ack = await insist((id) => this.#asking.emitWithAck("command", { id, command }));
    this.#noteAway(!ack.ok && ack.error.code === "engine_away");
    return ack;
  }

  async follow(request: FollowRequest): Promise<FollowDone | Refusal> {
    try {
      return await this.#asking.emitWithAck("follow", request);
    } catch {
      return unanswered();
    }
  }

  /** Calls `listener` with each frame of captions from now on; what it gives back stops that. */
  onCaptions(listener: (frame: CaptionsFrame) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks to be let in once more, after a refusal. */
  again(): void {
    this.#socket.connect();
  }

  #show(view: View): void {
    if (!newer(this.#view.value, view)) return;
    this.#noteAway(false);
    this.clock.use(view.clock);
    this.#view.value = view;
  }

  /** The socket, for questions that wait so long for an answer and then reject. */
  get #asking() {
    return this.#socket.timeout(ANSWER_WITHIN);
  }

  async #askTime(): Promise<number | null> {
    if (!this.#socket.connected) return null;
    try {
      const ack = await this.#asking.emitWithAck("clock", {});
      return ack.ok ? ack.t : null;
    } catch {
      return null;
    }
  }

  #live(): void {
    this.#comeBackAfter = COME_BACK_AFTER;
    this.#noteAway(false);
    this.#engine.value = "ok"; // whoever is let in was found in the engine
    this.#link.value = { state: "live" };
    this.#measureTime();
  }

  #lost(reason: string): void {
    this.#link.value = { state: "reconnecting", since: Date.now() };
    // closed by the server, a slow reader's for example: the library leaves coming back to us
    if (reason === "io server disconnect") this.#comeBack();
  }

  #failed(error: Error & { data?: Partial<ErrorBody> }): void {
    if (this.#link.value.state === "live") this.#link.value = { state: "reconnecting", since: Date.now() };
    if (this.#socket.active) return; // the library tries again by itself
    const { code = null, message = error.message, retry = false } = error.data ?? {};
    if (!retry) this.#link.value = { state: "refused", code, message };
    else this.#comeBack();
    this.#noteAway(code === "engine_away");
  }

  /** A refusal may come before the news that the engine is away, and its end is told to nobody: it wears off. */
  #noteAway(away: boolean): void {
    clearTimeout(this.#awayTimer);
    this.#refusedAway.value = away;
    if (away) this.#awayTimer = setTimeout(() => (this.#refusedAway.value = false), ASK_AGAIN_AFTER);
  }

  #comeBack(): void {
    setTimeout(() => this.#socket.connect(), this.#comeBackAfter);
  }
}
