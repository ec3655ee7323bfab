// Choosing one person of the roster: a field to find, and radio buttons, so that the keyboard needs nothing new.
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../../components/Button";
import { t } from "../../../i18n";
import { countryName } from "../../../people";
import { useDesk } from "../desk";
import { meant, type RosterPerson } from "../roster";

const SHOWN = 8;

export interface People {
  readonly all: readonly RosterPerson[] | null;
  readonly failed: boolean;
  readonly again: () => void;
}

export function usePeople(): People {
  const desk = useDesk();
  const [all, setAll] = useState<readonly RosterPerson[] | null>(null);
  const [failed, setFailed] = useState(false);
  const again = (): void => {
    setFailed(false);
    desk.people().then(setAll, () => setFailed(true));
  };
  useEffect(again, [desk]);
  return { all, failed, again };
}

interface Props {
  readonly people: People;
  /** Who comes first when nothing was typed. */
  readonly first: (person: RosterPerson) => number;
  readonly offered: (person: RosterPerson) => boolean;
  readonly chosen: RosterPerson | null;
  readonly onChoose: (person: RosterPerson) => void;
}

export function PersonPicker({ people, first, offered, chosen, onChoose }: Props) {
  const [wanted, setWanted] = useState("");
  if (people.failed) {
    return (
      <p>
        {t("moderator.inscribe.unavailable")}{" "}
        <Button kind="plain" onPress={people.again}>
          {t("moderator.inscribe.retry")}
        </Button>
      </p>
    );
  }
  const found = meant(people.all ?? [], wanted).filter(offered);
  const sorted = [...found].sort((a, b) => first(a) - first(b) || a.name.localeCompare(b.name));
  return (
    <div class="stack picker">
      <label class="labelled">
        <span>{t("moderator.inscribe.find")}</span>
        <input
          class="field"
          type="search"
          autoFocus
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
      </label>
      {people.all === null && (
        <p class="small quiet" role="status">
          {t("moderator.inscribe.loading")}
        </p>
      )}
      {people.all !== null && found.length === 0 && (
        <p class="small quiet" role="status">
          {t("moderator.inscribe.nobody", { text: wanted })}
        </p>
      )}
      <fieldset class="people">
        <legend class="visually-hidden">{t("moderator.inscribe.people")}</legend>
        {sorted.slice(0, SHOWN).map((person) => (
          <label key={person.id} class="choice">
            <input type="radio" name="person" checked={chosen?.id === person.id} onChange={() => onChoose(person)} />
            <bdi dir="auto">{person.name}</bdi>
            <span class="small quiet">{about(person)}</span>
          </label>
        ))}
      </fieldset>
      {sorted.length > SHOWN && <p class="small quiet">{t("moderator.inscribe.more", { n: sorted.length - SHOWN })}</p>}
    </div>
  );
}

function about({ organisation, city, country, waiting, wants_floor: wants }: RosterPerson): string {
  const told = [organisation, city, country && countryName(country)];
  if (waiting) told.push(t("moderator.inscribe.waiting"));
  else if (wants) told.push(t("moderator.inscribe.wants"));
  return told.filter(Boolean).join(" · ");
}
