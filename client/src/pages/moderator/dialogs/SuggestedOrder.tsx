import { Button } from "../../../components/Button";
import { Dialog } from "../../../components/Dialog";
import { PersonName } from "../../../components/Person";
import { Shape } from "../../../components/Shape";
import { t } from "../../../i18n";
import type { SuggestionItem } from "../../../wire.gen";
import { groupName } from "../Balance";
import { useDesk } from "../desk";
import { suggested, type Suggested } from "../model/advice";
import { NoticeLine } from "../NoticeLine";

/** The suggested order beside the present one, and why; a person applies it (Q3). */
export function SuggestedOrder() {
  const desk = useDesk();
  const view = desk.view.value;
  const rows = suggested(view);
  const apply = async (): Promise<void> => {
    const order = rows.map((row) => row.entry.id);
    if (await desk.ask({ type: "apply_order", order, order_rev: view.order_rev }, "dialog")) desk.close();
  };
  return (
    <Dialog title={t("moderator.suggest.title")} onClose={desk.close} class="wide">
      <p class="small quiet">{t(rows.length > 0 ? "moderator.suggest.hint" : "moderator.suggest.none")}</p>
      {rows.length > 0 && (
        <table class="suggested">
          <thead>
            <tr>
              <th scope="col">{t("moderator.suggest.then")}</th>
              <th scope="col">{t("moderator.list.speaker")}</th>
              <th scope="col">{t("moderator.suggest.now")}</th>
              <th scope="col">{t("moderator.suggest.why")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.entry.id} row={row} />
            ))}
          </tbody>
        </table>
      )}
      <NoticeLine zone="dialog" />
      <div class="actions">
        <Button onPress={desk.close}>{t("moderator.dialog.cancel")}</Button>
        {rows.length > 0 && (
          <Button kind="primary" disabled={!desk.may.value.act} onPress={apply}>
            {t("moderator.suggest.apply")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

function Row({ row: { entry, from, to, item } }: { row: Suggested }) {
  const moved = from !== to;
  return (
    <tr class={moved ? "moved" : "quiet"}>
      <td class="n">{to}</td>
      <td>
        <PersonName who={entry.who} />
      </td>
      <td class="from">
        {moved ? (
          <>
            {to < from && <Shape name="up" />} {t("moderator.suggest.up", { n: from })}
          </>
        ) : (
          t("moderator.suggest.stays")
        )}
      </td>
      <td class="small">{moved && why(item)}</td>
    </tr>
  );
}

function why({ reason, key }: SuggestionItem): string {
  if (reason === "first_time" || reason === "asked_first") return t(`moderator.suggest.reason.${reason}`);
  return t(`moderator.suggest.reason.${reason}`, { what: groupName(reason, key ?? "unknown") });
}
