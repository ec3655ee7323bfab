import { Shape } from "../../components/Shape";
import { t } from "../../i18n";
import { useDesk } from "./desk";

/** What is true now, where something that was asked for could not be done. */
export function Notice() {
  const desk = useDesk();
  const text = desk.notice.value;
  return (
    <div class="notice" role="status" hidden={!text}>
      {text && (
        <>
          <Shape name="warning" />
          <p>{text}</p>
          <button
            type="button"
            class="button plain slim"
            aria-label={t("record.dismiss")}
            onClick={() => desk.tell(null)}
          >
            <Shape name="cross" />
          </button>
        </>
      )}
    </div>
  );
}
