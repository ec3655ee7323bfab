import { t } from "../../../i18n";

export function Written() {
  return (
    <section class="column whole" aria-labelledby="written">
      <h2 id="written">{t("written.heading")}</h2>
    </section>
  );
}
