// What those of the team are called.
import { signal } from "@preact/signals";
import type { RosterPerson } from "./roster";

interface Named {
  readonly person: string | null;
  readonly name: string;
}

export class TeamNames {
  readonly #here: () => readonly Named[];
  readonly #people: () => Promise<readonly RosterPerson[]>;
  readonly #read = signal<ReadonlyMap<string, string>>(new Map());
  #asked = false;

  /** `here` are those whose names are at hand; of whoever has left, the name is read from the roster. */
  constructor(here: () => readonly Named[], people: () => Promise<readonly RosterPerson[]>) {
    this.#here = here;
    this.#people = people;
  }

  /** Null while it is not known. */
  of(person: string): string | null {
    const name = this.#here().find((one) => one.person === person)?.name || this.#read.value.get(person);
    if (!name) this.#readRoster();
    return name ?? null;
  }

  #readRoster(): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#people().then(
      (people) => (this.#read.value = new Map(people.map(({ id, name }) => [id, name]))),
      () => (this.#asked = false),
    );
  }
}
