// What a page's address says: the session, the role, and the personal token, which is taken out of sight at once.

export const ROLES = ["moderator", "secretariat", "rapporteur", "speaker", "attendee", "stage", "strip"] as const;
export type PageRole = (typeof ROLES)[number];

/** The strip shows nothing but captions: no word of ours ever stands in a video picture. */
export type ShownRole = Exclude<PageRole, "strip">;

export interface Address {
  readonly session: string;
  readonly role: PageRole;
}

const PAGE = /^\/s\/([A-Za-z0-9_-]{1,64})\/([a-z]+)\/?$/u;

export function parse(path: string): Address | null {
  const [, session, role] = PAGE.exec(path) ?? [];
  const known = ROLES.find((candidate) => candidate === role);
  return session && known ? { session, role: known } : null;
}

/** The token from the address or, after a reload, from this tab's memory; null when there is none. */
export function takeToken({ session, role }: Address): string | null {
  const key = `isegoria.token.${session}.${role}`;
  const fresh = location.hash.slice(1);
  if (fresh.length >= 20) {
    sessionStorage.setItem(key, fresh);
    history.replaceState(history.state, "", location.pathname + location.search);
    return fresh;
  }
  return sessionStorage.getItem(key);
}
