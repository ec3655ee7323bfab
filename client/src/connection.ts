// The one connection of a page to the server: views in, commands out. Pages read signals and await acknowledgements.

import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { io, type Socket } from "socket.io-client";
import { Clock, keepTime } from "./clock";
import type {
  Auth,
  CaptionsFrame,
  ClientEvents,
  Code,
  Command,
  CommandDone,
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

export type Ack = CommandDone | Refusal;

interface Told extends ServerEvents {
  /** The server goes; all come back within that time, each at a moment of its own, so as not to come all at once. */
  leaving: (notice: { readonly within_ms: number }) => void;
}

const ANSWER_WITHIN = 5_000;
const ATTEMPTS = 3;
const COME_BACK_AFTER = 1_000;

/** Whether `next` is newer than what is shown. Another epoch starts afresh: the engine lost its tail. */
export function newer(shown: View | null, next: View): boolean {
  if (!shown || shown.epoch !== next.epoch) return true;
  return next.version > shown.version || (next.version === shown.version && next.at > shown.at);
}

/** What a page knows when no answer came, however often it asked. */
export function unanswered(): Refusal {
  return { ok: false, error: { code: "busy", message: "No answer from the server.", detail: {}, retry: true } };
}

export class Connection {
  readonly clock = new Clock();
  readonly #socket: Socket<Told, ClientEvents>;
  readonly #view = signal<View | null>(null);
  readonly #status = signal<StatusView | null>(null);
  readonly #link = signal<Link>({ state: "connecting" });
  readonly #refusedAway = signal(false);
  readonly #listeners = new Set<(frame: CaptionsFrame) => void>();
  readonly #stopClock: () => void;
  #comeBackAfter = COME_BACK_AFTER;

  constructor(auth: Auth, url?: string) {
    const options = { auth, transports: ["websocket", "polling"], reconnectionDelayMax: 5_000, tryAllTransports: true };
    this.#socket = url === undefined ? io(options) : io(url, options);
    this.#socket.on("connect", () => this.#live());
    this.#socket.on("leaving", ({ within_ms }) => (this.#comeBackAfter = Math.random() * within_ms));
    this.#socket.on("disconnect", (reason) => this.#lost(reason));
    this.#socket.on("connect_error", (error) => this.#failed(error));
    this.#socket.on("view", (view) => this.#show(view));
    this.#socket.on("status", (status) => (this.#status.value = status));
    this.#socket.on("captions", (frame) => this.#listeners.forEach((listener) => listener(frame)));
    this.#stopClock = keepTime(this.clock, () => this.#askTime());
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
  readonly engineAway = computed(() => this.#status.value?.engine === "away" || this.#refusedAway.value);

  /** Whether a command can be sent now. */
  readonly writable = computed(() => this.#link.value.state === "live" && !this.engineAway.value);

  /** Asks until there is an answer, each time under the same id, so that it takes effect once at most. */
  async command(command: Command): Promise<Ack> {
    const id = crypto.randomUUID();
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      try {
        return this.#noted(await this.#socket.timeout(ANSWER_WITHIN).emitWithAck("command", { id, command }));
      } catch {
        // no answer: whether it took effect is unknown, and asking again under the same id tells
      }
    }
    return unanswered();
  }

  async follow(request: FollowRequest): Promise<FollowDone | Refusal> {
    try {
      return await this.#socket.timeout(ANSWER_WITHIN).emitWithAck("follow", request);
    } catch {
      return unanswered();
    }
  }

  /** Calls `listener` with each frame of captions from now on; what it gives back stops that. */
  onCaptions(listener: (frame: CaptionsFrame) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#stopClock();
    this.#socket.disconnect();
  }

  #show(view: View): void {
    if (!newer(this.#view.value, view)) return;
    this.#refusedAway.value = false;
    this.clock.use(view.clock);
    this.#view.value = view;
  }

  #noted(ack: Ack): Ack {
    this.#refusedAway.value = !ack.ok && ack.error.code === "engine_away";
    return ack;
  }

  async #askTime(): Promise<number | null> {
    if (!this.#socket.connected) return null;
    try {
      const ack = await this.#socket.timeout(ANSWER_WITHIN).emitWithAck("clock", {});
      return ack.ok ? ack.t : null;
    } catch {
      return null;
    }
  }

  #live(): void {
    this.#comeBackAfter = COME_BACK_AFTER;
    this.#refusedAway.value = false;
    this.#link.value = { state: "live" };
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
    this.#refusedAway.value = code === "engine_away";
  }

  #comeBack(): void {
    setTimeout(() => this.#socket.connect(), this.#comeBackAfter);
  }
}
