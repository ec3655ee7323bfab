import { t } from "../../../i18n";
import { duration } from "../../../time";
import type { Total } from "../../../wire.gen";
import { Hatch } from "./Hatch";
import { Minutes } from "./Minutes";
import { against } from "./model";

const percent = (share: number): string => `${share * 100}%`;

/** What was used of what was allotted, and what went over it, which stands beyond the line. */
export function Against({ total }: { total: Total }) {
  const { within, left, over } = against(total);
  const used = total.used - total.overtime;
  const values = {
    used: duration(total.used),
    allotted: duration(total.allotted),
    over: duration(total.overtime),
  };
  return (
    <section class="card stack chart" aria-labelledby="against">
      <h3 id="against">{t("statistics.against")}</h3>
      <svg class="against" role="img" aria-labelledby="against-title" aria-describedby="against-desc">
        <title id="against-title">{t("statistics.against")}</title>
        <desc id="against-desc">{t("statistics.against.desc", values)}</desc>
        <Hatch id="against-over" class="over-line" />
        <rect class="track" width="100%" height="100%" />
        <rect class="within" width={percent(within)} height="100%" />
        <rect class="over" x={percent(within + left)} width={percent(over)} height="100%" fill="url(#against-over)" />
        {over > 0 && <rect class="limit" x={percent(within + left)} width="2" height="100%" />}
      </svg>
      <dl class="legend">
        <Item swatch="within" name={t("statistics.within")} ms={used} />
        <Item swatch="track" name={t("statistics.unused")} ms={total.allotted - used} />
        <Item swatch="over" name={t("statistics.over", { n: total.over })} ms={total.overtime} />
      </dl>
      <p class="small quiet">{t("statistics.allotted", { time: values.allotted })}</p>
    </section>
  );
}

function Item({ swatch, name, ms }: { swatch: string; name: string; ms: number }) {
  return (
    <div>
      <dt>
        <svg class="swatch" aria-hidden="true">
          <rect class={swatch} width="100%" height="100%" {...(swatch === "over" && { fill: "url(#against-over)" })} />
        </svg>
        {name}
      </dt>
      <dd>
        <Minutes ms={ms} />
      </dd>
    </div>
  );
}
