import type { Signal } from "@preact/signals";
import { t } from "../../i18n";
import type { Tier } from "../../wire.gen";
import { TIERS } from "./model/exports";

/** Who what is shown is for. */
export function TierSwitch({ tier, label }: { tier: Signal<Tier>; label: string }) {
  return (
    <div class="by-tier push" role="group" aria-label={label}>
      {TIERS.map((each) => (
        <button
          key={each}
          type="button"
          class="button slim"
          aria-pressed={each === tier.value}
          onClick={() => (tier.value = each)}
        >
          {t(`report.tier.${each}`)}
        </button>
      ))}
    </div>
  );
}
