// What stands below the newest line when nothing new comes. The reasons must not look alike: you are offline, the team
// has switched these captions off, somebody speaks and nothing arrives, nobody speaks.

import type { Link } from "../../../connection";
import type { SharedView } from "./shared";

export type Tail =
  | { readonly kind: "offline" }
  | { readonly kind: "muted" }
  | { readonly kind: "missing"; readonly for: number }
  | { readonly kind: "silence" }
  | { readonly kind: "suspended" }
  | { readonly kind: "closed" };

/** How long nothing may come before it is said, in ms. */
export const QUIET = 10_000;

export interface Heard {
  /** How long ago the newest caption arrived, in real ms. */
  readonly ago: number;
  /** Whether a phrase is still open. */
  readonly open: boolean;
  /** Whether the team has switched off what is read here. */
  readonly muted: boolean;
}

/** `now` is session time. While captions come, there is nothing to say: null. */
export function tailOf(link: Link, view: SharedView, heard: Heard, now: number): Tail | null {
  if (link.state !== "live") return { kind: "offline" };
  if (view.state === "closed") return { kind: "closed" };
  if (view.state === "suspended") return { kind: "suspended" };
  if (view.state === "live" && heard.muted) return { kind: "muted" };
  if (view.state !== "live" || heard.ago < QUIET) return null;
  return speakingFor(view, now) < QUIET ? { kind: "silence" } : missing(heard);
}

// An open phrase with no news is the speaker's pause for breath; the server closes it by itself.
function missing({ ago, open }: Heard): Tail | null {
  return open ? null : { kind: "missing", for: ago };
}

function speakingFor(view: SharedView, now: number): number {
  const { floor } = view;
  return floor === null || floor.paused_at !== null ? 0 : now - floor.began_at;
}
