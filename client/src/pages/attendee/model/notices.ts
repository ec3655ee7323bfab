// What changed for everyone, told once: from one view to the next.

import type { SharedView } from "./shared";

export type Notice =
  | { readonly kind: "limit"; readonly limit: number }
  | { readonly kind: "list_closed" }
  | { readonly kind: "list_reopened" }
  | { readonly kind: "suspended" }
  | { readonly kind: "resumed" }
  | { readonly kind: "moved"; readonly ends_at: number }
  | { readonly kind: "recording"; readonly on: boolean }
  | { readonly kind: "chatham_house"; readonly on: boolean }
  | { readonly kind: "closed" };

export function noticesBetween(before: SharedView, after: SharedView): Notice[] {
  if (before.epoch !== after.epoch) return [];
  return [...ofState(before, after), ...ofRules(before, after), ...ofSegment(before, after)];
}

function ofState(before: SharedView, after: SharedView): Notice[] {
  if (before.state === after.state) return [];
  if (after.state === "closed") return [{ kind: "closed" }];
  if (after.state === "suspended") return [{ kind: "suspended" }];
  return before.state === "suspended" ? [{ kind: "resumed" }] : [];
}

// Once closed, the list and the end are no news.
function ofRules(before: SharedView, after: SharedView): Notice[] {
  if (after.state === "closed") return [];
  const notices: Notice[] = [];
  const { limit } = after.modalities;
  if (limit !== before.modalities.limit) notices.push({ kind: "limit", limit });
  if (after.list_open !== before.list_open) notices.push({ kind: after.list_open ? "list_reopened" : "list_closed" });
  if (after.ends_at !== before.ends_at) notices.push({ kind: "moved", ends_at: after.ends_at });
  return notices;
}

// R6: the switches of the part that is on now, also when another part begins.
function ofSegment(before: SharedView, after: SharedView): Notice[] {
  if (after.state !== "live") return [];
  const [was, is] = [switches(before), switches(after)];
  const notices: Notice[] = [];
  if (is.recording !== was.recording) notices.push({ kind: "recording", on: is.recording });
  if (is.chatham !== was.chatham) notices.push({ kind: "chatham_house", on: is.chatham });
  return notices;
}

function switches(view: SharedView): { recording: boolean; chatham: boolean } {
  const segment = view.segments.find(({ id }) => id === view.segment);
  return { recording: segment?.recording ?? true, chatham: segment?.chatham_house ?? false };
}
