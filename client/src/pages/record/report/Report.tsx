import "./report.css";
import { t } from "../../../i18n";
import { Notice } from "../Notice";
import { TierSwitch } from "../TierSwitch";
import { Files } from "./Files";
import { Given } from "./Given";
import { Held } from "./Held";
import { Progress } from "./Progress";
import { useLiveStore } from "./store";

/** The files: what there is, what is being made, what waits for a decision before others read it, what was given out. */
export function Report() {
  const store = useLiveStore();
  return (
    <div class="report whole">
      <section class="column" aria-labelledby="report">
        <div class="row title">
          <h2 id="report">{t("report.heading")}</h2>
          <TierSwitch tier={store.tier} label={t("report.tier")} />
        </div>
        <Notice />
        <Files store={store} />
        <Progress store={store} />
      </section>
      <Held store={store} />
      <Given />
    </div>
  );
}
