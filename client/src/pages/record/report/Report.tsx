import "./report.css";
import { t } from "../../../i18n";
import type { Tier } from "../../../wire.gen";
import { TIERS } from "../model/exports";
import { Files } from "./Files";
import { Given } from "./Given";
import { Held } from "./Held";
import { Notice } from "./Notice";
import { Progress } from "./Progress";
import { useLiveStore, type Store } from "./store";

/** The files: what there is, what is being made, what waits for a decision before others read it, what was given out. */
export function Report() {
  const store = useLiveStore();
  return (
    <div class="report whole">
      <section class="column" aria-labelledby="report">
        <div class="row title">
          <h2 id="report">{t("report.heading")}</h2>
          <TierSwitch store={store} />
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

function TierSwitch({ store }: { store: Store }) {
  const choose = (tier: Tier): void => {
    store.tier.value = tier;
  };
  return (
    <div class="by-tier push" role="group" aria-label={t("report.tier")}>
      {TIERS.map((tier) => (
        <button
          key={tier}
          type="button"
          class="button slim"
          aria-pressed={tier === store.tier.value}
          onClick={() => choose(tier)}
        >
          {t(`report.tier.${tier}`)}
        </button>
      ))}
    </div>
  );
}
