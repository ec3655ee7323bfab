// Choosing one person of the roster: a field to find, and radio buttons, so that the keyboard needs nothing new.
import { useEffect, useState } from "preact/hooks";
import { Button } from "../components/Button";
import { t } from "../i18n";
import { countryName } from "../people";
import { meant, type RosterPerson } from "./roster";

const SHOWN = 8;

export interface People {
  readonly all: readonly RosterPerson[] | null;
  readonly failed: boolean;
  readonly again: () => void;
}

/** What `read` gives: the roster, which may not be there at the moment. */
export function usePeople(read: () => Promise<readonly RosterPerson[]>): People {
  const [all, setAll] = useState<readonly RosterPerson[] | null>(null);
  const [failed, setFailed] = useState(false);
  const again = (): void => {
    setFailed(false);
    read().then(setAll, () => setFailed(true));
  };
  useEffect(again, []);
  return { all, failed, again };
}

interface Props {
  readonly people: People;
  /** The less, the earlier. */
  readonly first?: (person: RosterPerson) => number;
  readonly offered?: (person: RosterPerson) => boolean;
  readonly chosen: RosterPerson | null;
  readonly onChoose: (person: RosterPerson) => void;
}

export function PersonPicker({ people, first = () => 0, offered = () => true, chosen, onChoose }: Props) {
  const [wanted, setWanted] = useState("");
  const found = meant(people.all ?? [], wanted).filter(offered);
  const best = found.sort((a, b) => first(a) - first(b) || a.name.localeCompare(b.name)).slice(0, SHOWN);
  // Whoever is chosen stays to be seen; among those found they keep their place, so that arrows go from one to the next.
  const shown = chosen && !best.some(({ id }) => id === chosen.id) ? [chosen, ...best] : best;
  return (
    <div class="stack picker">
      <label class="labelled">
        <span>{t("team.people.find")}</span>
        <input
          class="field"
          type="search"
          autoFocus
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
      </label>
      <p class="small quiet" role="status">
        {people.failed ? (
          <>
            {t("team.people.unavailable")}{" "}
            <Button kind="plain" onPress={people.again}>
              {t("team.people.again")}
            </Button>
          </>
        ) : (
          state(people, wanted, found.length)
        )}
      </p>
      <fieldset class="people">
        <legend class="visually-hidden">{t("team.people")}</legend>
        {shown.map((person) => (
          <label key={person.id} class="choice">
            <input type="radio" name="person" checked={chosen?.id === person.id} onChange={() => onChoose(person)} />
            <bdi dir="auto">{person.name}</bdi>
            <span class="small quiet">{about(person)}</span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

function state({ all }: People, wanted: string, found: number): string {
  if (all === null) return t("team.people.loading");
  if (found === 0) return t("team.people.nobody", { text: wanted });
  return found > SHOWN ? t("team.people.more", { n: found - SHOWN }) : "";
}

function about({ organisation, city, country, waiting, wants_floor: wants }: RosterPerson): string {
  const told = [organisation, city, country && countryName(country)];
  if (waiting) told.push(t("team.people.waiting"));
  else if (wants) told.push(t("team.people.wants"));
  return told.filter(Boolean).join(" · ");
}
