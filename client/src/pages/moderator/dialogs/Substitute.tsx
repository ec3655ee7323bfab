import { useState } from "preact/hooks";
import { Button } from "../../../components/Button";
import { Dialog } from "../../../components/Dialog";
import { t } from "../../../i18n";
import { nameOf } from "../../../people";
import { PersonPicker, usePeople } from "../../../team/PersonPicker";
import type { RosterPerson } from "../../../team/roster";
import type { TeamEntry } from "../../../wire.gen";
import { useDesk } from "../desk";
import { NoticeLine } from "../NoticeLine";

/** Q4: another person speaks; organisation and place stay. Those of the same organisation come first. */
export function Substitute({ entry }: { entry: TeamEntry }) {
  const desk = useDesk();
  const people = usePeople(desk.people);
  const [chosen, setChosen] = useState<RosterPerson | null>(null);
  const put = async (): Promise<void> => {
    if (!chosen) return;
    if (await desk.ask({ type: "substitute", entry: entry.id, person: chosen.id }, "dialog")) desk.close();
  };
  return (
    <Dialog title={t("moderator.substitute.title", { name: nameOf(entry.who) })} onClose={desk.close}>
      <p class="small quiet">{t("moderator.substitute.hint")}</p>
      <PersonPicker
        people={people}
        first={(person) => Number(person.organisation !== entry.organisation)}
        offered={(person) => person.id !== entry.person && !person.waiting}
        chosen={chosen}
        onChoose={setChosen}
      />
      <NoticeLine zone="dialog" />
      <div class="actions">
        <Button onPress={desk.close}>{t("moderator.dialog.cancel")}</Button>
        <Button kind="primary" disabled={!chosen || !desk.may.value.act} onPress={put}>
          {chosen ? t("moderator.substitute.do", { name: chosen.name }) : t("moderator.inscribe.pick")}
        </Button>
      </div>
    </Dialog>
  );
}
