import type { ComponentChildren } from "preact";
import { locale, t } from "../../../i18n";
import type { Statistics } from "../../../wire.gen";
import { Minutes } from "./Minutes";
import { requests } from "./model";

/** The few numbers that are asked for first. */
export function Summary({ told }: { told: Statistics }) {
  const { total, handover, handovers, counted, unfinished } = told;
  return (
    <div class="stack">
      <dl class="key-figures">
        <Figure name={t("statistics.interventions")} value={total.interventions}>
          {unfinished > 0 && t("statistics.unfinished", { n: unfinished })}
        </Figure>
        <Figure name={t("statistics.time")} value={<Minutes ms={total.used} />}>
          {total.untimed > 0 && t("statistics.untimed", { n: total.untimed })}
        </Figure>
        <Figure name={t("statistics.handover")} value={handover === null ? "–" : <Minutes ms={handover} />}>
          {t("statistics.handovers", { n: handovers })}
        </Figure>
        {counted > 0 && (
          <Figure name={t("statistics.counted")} value={counted}>
            {t("statistics.counted.what")}
          </Figure>
        )}
      </dl>
      <p class="small quiet">{requestsText(told)}</p>
    </div>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: ComponentChildren;
  readonly children: ComponentChildren;
}

function Figure({ name, value, children }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
        {children && <span class="small quiet">{children}</span>}
      </dd>
    </div>
  );
}

/** "60 requests: 38 heard, 2 by video, 20 waiting." */
function requestsText(told: Statistics): string {
  const parts = requests(told).map(({ key, n }) => t(`statistics.requests.${key}`, { n }));
  const what = new Intl.ListFormat(locale()).format(parts);
  return t("statistics.requests", { n: told.counts.requests, what });
}
