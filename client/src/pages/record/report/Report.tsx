import { t } from "../../../i18n";

export function Report() {
  return (
    <section class="column whole" aria-labelledby="report">
      <h2 id="report">{t("report.heading")}</h2>
    </section>
  );
}
