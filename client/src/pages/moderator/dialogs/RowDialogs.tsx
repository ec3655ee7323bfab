import { useState } from "preact/hooks";
import { Button } from "../../../components/Button";
import { Dialog } from "../../../components/Dialog";
import { t } from "../../../i18n";
import { nameOf } from "../../../people";
import type { TeamEntry } from "../../../wire.gen";
import { useDesk } from "../desk";
import { moveTo, ofEntry } from "../model/asks";
import { NoticeLine } from "../NoticeLine";
import { move } from "../rows";

export function Withdraw({ entry }: { entry: TeamEntry }) {
  const desk = useDesk();
  const withdraw = async (): Promise<void> => {
    const done = t("moderator.just.request_withdrawn", { who: nameOf(entry.who) });
    if (await desk.ask(ofEntry("withdraw", entry), "dialog", done)) desk.close();
  };
  return (
    <Dialog title={t("moderator.withdraw.title", { name: nameOf(entry.who) })} onClose={desk.close}>
      <p>{t("moderator.withdraw.text")}</p>
      <NoticeLine zone="dialog" />
      <div class="actions">
        <Button onPress={desk.close}>{t("moderator.dialog.cancel")}</Button>
        <Button kind="stop" disabled={!desk.may.value.act} onPress={withdraw}>
          {t("moderator.withdraw.do")}
        </Button>
      </div>
    </Dialog>
  );
}

export function Place({ entry }: { entry: TeamEntry }) {
  const desk = useDesk();
  const { order } = desk.view.value;
  const [place, setPlace] = useState(String(order.indexOf(entry.id) + 1));
  const put = async (event: Event): Promise<void> => {
    event.preventDefault();
    const command = moveTo(desk.view.value, entry.id, Number(place));
    desk.close();
    await move(desk, entry.id, command);
  };
  return (
    <Dialog title={t("moderator.place.title", { name: nameOf(entry.who) })} onClose={desk.close}>
      <form class="stack" onSubmit={(event) => void put(event)}>
        <label class="labelled">
          <span>{t("moderator.place.label", { n: order.length })}</span>
          <input
            class="field short"
            type="number"
            inputMode="numeric"
            min={1}
            max={order.length}
            required
            autoFocus
            value={place}
            onInput={(event) => setPlace(event.currentTarget.value)}
          />
        </label>
        <div class="actions">
          <Button onPress={desk.close}>{t("moderator.dialog.cancel")}</Button>
          <Button kind="primary" type="submit" disabled={!desk.may.value.act}>
            {t("moderator.place.do")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
