import { Button } from "../../../components/Button";
import { Dialog } from "../../../components/Dialog";
import { PersonName } from "../../../components/Person";
import { t } from "../../../i18n";
import { nameOf } from "../../../people";
import { useDesk } from "../desk";
import { unheard } from "../model/advice";
import { NoticeLine } from "../NoticeLine";
import { Place } from "../Row";

/** Closing names everyone who would not be heard (T10); it never cuts a turn. */
export function CloseSession() {
  const desk = useDesk();
  const { floor } = desk.view.value;
  const left = unheard(desk.view.value);
  const close = async (): Promise<void> => {
    if (await desk.ask({ type: "close_session" }, "dialog")) desk.close();
  };
  return (
    <Dialog title={t("moderator.close.title")} onClose={desk.close}>
      <p>{t("moderator.close.text")}</p>
      {floor && <p class="strong">{t("moderator.close.running", { name: nameOf(floor.who) })}</p>}
      {left.length === 0 ? (
        <p>{t("moderator.close.nobody")}</p>
      ) : (
        <>
          <p>{t("moderator.close.unheard", { n: left.length })}</p>
          <ul class="names">
            {left.map((entry) => (
              <li key={entry.id}>
                <b>
                  <PersonName who={entry.who} />
                </b>{" "}
                <span class="small quiet">
                  <Place entry={entry} language={false} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <NoticeLine zone="dialog" />
      <div class="actions">
        <Button onPress={desk.close}>{t("moderator.dialog.cancel")}</Button>
        {floor ? (
          <Button kind="stop" onPress={() => desk.ask({ type: "end_turn", turn: floor.turn }, "dialog")}>
            {t("moderator.close.end_first", { name: nameOf(floor.who) })}
          </Button>
        ) : (
          <Button kind="stop" disabled={!desk.may.value.act} onPress={close}>
            {t("moderator.close.do")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
