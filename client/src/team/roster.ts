// The people of the session, read when somebody is inscribed or substituted.

export interface RosterPerson {
  readonly id: string;
  readonly name: string;
  readonly organisation: string | null;
  readonly organisation_id: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly topics: readonly string[];
  readonly wants_floor: boolean | null;
  /** Whether a request of theirs is open. */
  readonly waiting: boolean;
}

export async function roster(session: string, token: string): Promise<readonly RosterPerson[]> {
  const answer = await fetch(`/api/sessions/${encodeURIComponent(session)}/people`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Error(`people: ${answer.status}`);
  return (await answer.json()) as readonly RosterPerson[];
}

/** Who is meant by what was typed: every word is somewhere in name, organisation or city, accents aside. */
export function meant(people: readonly RosterPerson[], wanted: string): readonly RosterPerson[] {
  const wordsOf = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const asked = wordsOf(wanted).split(/\s+/u).filter(Boolean);
  return people.filter((person) => {
    const text = wordsOf([person.name, person.organisation, person.city, person.country].filter(Boolean).join(" "));
    return asked.every((word) => text.includes(word));
  });
}
