import { locale, t } from "../../i18n";
import { useDesk } from "./desk";
import { gaps, matrix, type MatrixRegion } from "./model/matrix";

/** How much there is from where on what, and in words what is missing. */
export function Holds() {
  const desk = useDesk();
  const { topics, rows } = matrix(desk.view.value);
  if (topics.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="holds">
      <h2 id="holds">{t("record.holds")}</h2>
      {rows.length > 0 && (
        <table class="matrix">
          <caption class="visually-hidden">{t("record.holds.caption")}</caption>
          <thead>
            <tr>
              <td />
              {topics.map(({ id, title }, index) => (
                <th key={id} scope="col" title={title}>
                  <span aria-hidden="true">{index + 1}</span>
                  <span class="visually-hidden">{t("record.holds.topic", { n: index + 1, title })}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ region, counts }) => (
              <tr key={region}>
                <th scope="row">{regionName(region)}</th>
                {counts.map((n, index) => (
                  <td key={topics[index]?.id} class={n === 0 ? "none" : undefined}>
                    {n === 0 ? <span aria-hidden="true">–</span> : n}
                    {n === 0 && <span class="visually-hidden">0</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="small quiet">{gapsText(desk)}</p>
    </section>
  );
}

const regionName = (region: MatrixRegion): string =>
  t(region === "unknown" ? "constituency.unknown" : `region.${region}`);

/** "Nothing yet on procurement (topic 3 begins at about 16:20). Nothing from Eurasia." */
function gapsText({ view, now, time }: ReturnType<typeof useDesk>): string {
  const { topics, regions } = gaps(view.value, now);
  const list = new Intl.ListFormat(locale());
  const sentences = topics.map(({ number, title, begins }) =>
    begins === null
      ? t("record.gaps.topic", { n: number, title })
      : t("record.gaps.later", { n: number, title, time: time(begins) }),
  );
  if (regions.length > 0)
    sentences.push(t("record.gaps.regions", { regions: list.format(regions.map((region) => t(`region.${region}`))) }));
  return sentences.join(" ");
}
