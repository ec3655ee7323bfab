import { t } from "../../i18n";
import { Shape } from "../../components/Shape";
import { useDesk, type Zone } from "./desk";

/** A quiet sentence near to what was pressed: what is true now. */
export function NoticeLine({ zone }: { zone: Zone }) {
  const desk = useDesk();
  const notice = desk.notice.value;
  const text = notice?.zone === zone ? notice.text : "";
  return (
    <div class="notice" role="status" hidden={!text && zone !== "dialog"}>
      {text && (
        <>
          <Shape name="warning" />
          <p>{text}</p>
          <button
            type="button"
            class="button plain"
            onClick={() => desk.tell(null)}
            aria-label={t("moderator.notice.dismiss")}
          >
            <Shape name="cross" />
          </button>
        </>
      )}
    </div>
  );
}
