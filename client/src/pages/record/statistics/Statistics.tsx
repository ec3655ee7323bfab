import { t } from "../../../i18n";

export function Statistics() {
  return (
    <section class="column whole" aria-labelledby="statistics">
      <h2 id="statistics">{t("statistics.heading")}</h2>
    </section>
  );
}
