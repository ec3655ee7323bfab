import { nameOfSegment } from "../../../agenda";
import { Button } from "../../../components/Button";
import { Dialog } from "../../../components/Dialog";
import { HandInFields } from "../../../components/HandIn";
import { HandInState } from "../../../components/HandInState";
import { occasions, type Occasion } from "../../../handing";
import { t } from "../../../i18n";
import { PersonPicker, usePeople } from "../../../team/PersonPicker";
import { useDesk } from "../desk";
import { canAsk, postOf, type Author } from "./handIn";

/** A text that came by mail or on paper, or of somebody without a page of their own. */
export function HandInDialog() {
  const desk = useDesk();
  const { handing, isOpen } = postOf(desk);
  const { entries, tracks } = desk.view.value;
  const close = (): void => void (isOpen.value = false);
  const { person, entry } = handing.draft;
  const all = occasions(entries.filter((each) => each.person === person?.id));
  const chosen = all.find((each) => each.entry === entry) ?? (all[0] as Occasion);
  const send = async (): Promise<void> => {
    if (!person) return;
    await handing.send({ kind: chosen.kind, entry: chosen.entry, person: person.id });
    if (handing.state.value.kind === "received") close();
  };
  return (
    <Dialog title={t("written.hand_in.title")} onClose={close} class="hand-in">
      <WhoseText person={person} onChoose={(author) => handing.change({ person: author, entry: undefined })} />
      <HandInFields handing={handing} languages={tracks.map(({ language }) => language)} allotted={null}>
        {all.length > 1 && <OccasionField all={all} chosen={chosen} />}
      </HandInFields>
      <HandInState handing={handing} received={t("written.hand_in.done")} />
      {!canAsk(desk) && !handing.isBusy && <p class="small quiet">{t("written.away")}</p>}
      <div class="actions">
        <Button onPress={close}>{t("written.hand_in.later")}</Button>
        <Button kind="primary" disabled={!person || !handing.isReady || handing.isBusy} onPress={send}>
          {t("written.hand_in.do")}
        </Button>
      </div>
    </Dialog>
  );
}

/** Who was chosen stands in one line; the roster opens again to choose another. */
function WhoseText({ person, onChoose }: { person: Author | null; onChoose: (person: Author | null) => void }) {
  const desk = useDesk();
  const { handing } = postOf(desk);
  const people = usePeople(desk.people);
  if (!person)
    return <PersonPicker people={people} chosen={null} onChoose={({ id, name }) => onChoose({ id, name })} />;
  return (
    <div class="chosen">
      <p>
        <b>
          <bdi dir="auto">{person.name}</bdi>
        </b>
      </p>
      <Button kind="plain" disabled={handing.isBusy} onPress={() => onChoose(null)}>
        {t("written.hand_in.other")}
      </Button>
    </div>
  );
}

function OccasionField({ all, chosen }: { all: readonly Occasion[]; chosen: Occasion }) {
  const desk = useDesk();
  const { handing } = postOf(desk);
  const { segments } = desk.view.value;
  return (
    <label class="labelled">
      <span>{t("written.occasion")}</span>
      <select
        class="field"
        disabled={handing.isBusy}
        value={chosen.entry ?? ""}
        onChange={(event) => handing.change({ entry: event.currentTarget.value || null })}
      >
        {all.map(({ entry, when, segment }) => (
          <option key={entry} value={entry ?? ""}>
            {t(`written.occasion.${when}`, { topic: nameOfSegment(segments, segment) })}
          </option>
        ))}
      </select>
    </label>
  );
}
