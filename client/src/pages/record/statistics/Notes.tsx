import { t } from "../../../i18n";
import type { Statistics } from "../../../wire.gen";
import { toExplain } from "./model";

/** What stands in the figures and is no group, and what does not stand there, and why. */
export function Notes({ told }: { told: Statistics }) {
  const words = toExplain(told);
  return (
    <section class="stack notes" aria-labelledby="notes">
      <h3 id="notes">{t("statistics.notes")}</h3>
      {told.tier === "publishable" && <p class="small">{t("statistics.notes.small")}</p>}
      {words.length > 0 && (
        <dl class="small">
          {words.map((word) => (
            <div key={word}>
              <dt>{t(`statistics.notes.${word}.name`)}</dt>
              <dd>{t(`statistics.notes.${word}`)}</dd>
            </div>
          ))}
        </dl>
      )}
      <p class="small quiet">{t("statistics.notes.time")}</p>
    </section>
  );
}
