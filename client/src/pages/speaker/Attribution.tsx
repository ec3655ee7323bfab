import { useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { t } from "../../i18n";
import type { Attribution } from "../../wire.gen";
import type { Desk } from "./desk";

const CHOICES: readonly Attribution[] = ["named", "organisation", "constituency_region", "not_for_report"];

/** One of the four ways to be cited (R3), each with what it means. */
export function AttributionChoice({ desk, onDone }: { desk: Desk; onDone?: () => void }) {
  const present = desk.view.attribution;
  const [chosen, setChosen] = useState(present);
  const [saved, setSaved] = useState(false);
  const save = async (): Promise<void> => {
    const done = chosen === present || (await desk.send({ type: "choose_attribution", attribution: chosen }));
    setSaved(done);
    if (done) onDone?.();
  };
  return (
    <form class="stack" onSubmit={(event) => event.preventDefault()}>
      <fieldset class="choices">
        <legend class="visually-hidden">{t("speaker.attribution")}</legend>
        {CHOICES.map((choice) => (
          <label key={choice} class="choice">
            <input type="radio" name="attribution" checked={choice === chosen} onChange={() => setChosen(choice)} />
            <b>{t(`speaker.attribution.${choice}`)}</b>
            <span class="small quiet">{t(`speaker.attribution.${choice}.what`)}</span>
          </label>
        ))}
      </fieldset>
      <div class="actions row">
        <p role="status" class="small quiet">
          {saved && chosen === present && t("speaker.attribution.saved")}
        </p>
        {onDone && <Button onPress={onDone}>{t("cancel")}</Button>}
        <Button kind="primary" disabled={!desk.writable || (!onDone && chosen === present)} onPress={save}>
          {t("speaker.attribution.save")}
        </Button>
      </div>
    </form>
  );
}

export function AttributionDialog({ desk, onClose }: { desk: Desk; onClose: () => void }) {
  return (
    <Dialog title={t("speaker.attribution")} onClose={onClose}>
      <p class="quiet small">{t("speaker.attribution.what")}</p>
      <AttributionChoice desk={desk} onDone={onClose} />
    </Dialog>
  );
}
