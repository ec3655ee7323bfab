import { Shape } from "../../../components/Shape";
import { t } from "../../../i18n";
import type { Store } from "./store";

/** Said before anything is given out: what is not in it yet, and where that is decided (R10). */
export function OpenLines({ store }: { store: Store }) {
  const n = store.holding.open.value.length;
  if (n === 0) return null;
  return (
    <div class="notice">
      <Shape name="warning" />
      <p>{t("report.held.before", { n })}</p>
      <button type="button" class="button slim" onClick={() => goToHeld(store)}>
        {t(store.desk.why.value === "role" ? "report.held.see" : "report.held.go")}
      </button>
    </div>
  );
}

/** The first open line gets the focus, once it is there. */
export function goToHeld(store: Store): void {
  store.goal.value = "held";
  location.hash = "#report";
}
