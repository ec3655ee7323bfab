import { locale, t } from "../../../i18n";
import { duration } from "../../../time";
import type { Bin, Statistics } from "../../../wire.gen";
import { useDesk } from "../desk";
import { Hatch, hatched } from "./Hatch";
import { Minutes } from "./Minutes";
import { fillOf, fullest, nameOfKey, scaleOf, strips, TEN_MINUTES, ticks, type Strip } from "./model";

const MINUTE = 60_000;

/** Who was heard when: a strip for each constituency on one scale, so that no colour has to tell them apart. */
export function OverTime({ told }: { told: Statistics }) {
  const desk = useDesk();
  const most = fullest(told.bins);
  if (!most) return null;
  const all: Strip = { key: "", used: told.total.used, parts: told.bins.map(({ used }) => used) };
  const shown = strips(told);
  const scale = scaleOf(shown);
  const name = ({ key }: Strip): string =>
    key === "" ? t("statistics.all") : nameOfKey("constituencies", key, desk.view.value.segments);
  return (
    <section class="card stack chart" aria-labelledby="over-time">
      <h3 id="over-time">{t("statistics.over_time")}</h3>
      <p class="small quiet">
        {t("statistics.over_time.most", { time: desk.time(most.began_at), used: duration(most.used) })}{" "}
        {t("statistics.over_time.scale", { n: scale / MINUTE })}
      </p>
      <div class="strips">
        <Row name={name(all)} strip={all} bins={told.bins} scale={TEN_MINUTES} />
        {shown.map((strip) => (
          <Row key={strip.key} name={name(strip)} strip={strip} bins={told.bins} scale={scale} />
        ))}
        <Axis bins={told.bins} />
      </div>
      <details>
        <summary class="small">{t("statistics.as_table")}</summary>
        <AsTable bins={told.bins} shown={shown} name={name} />
      </details>
    </section>
  );
}

interface RowProps {
  readonly name: string;
  readonly strip: Strip;
  readonly bins: readonly Bin[];
  /** What the full height stands for, in ms. */
  readonly scale: number;
}

function Row({ name, strip, bins, scale }: RowProps) {
  const desk = useDesk();
  const id = `strip-${strip.key || "all"}`;
  const time = (index: number): string => desk.time(bins[index]?.began_at ?? 0);
  const said = strip.parts
    .map((part, index) => ({ part, index }))
    .filter(({ part }) => part > 0)
    .map(({ part, index }) => `${time(index)} ${duration(part)}`);
  const width = 100 / strip.parts.length;
  const fill = fillOf(strip.key);
  return (
    <div class="strip">
      <p aria-hidden="true">
        <bdi>{name}</bdi> <Minutes ms={strip.used} />
      </p>
      <svg role="img" aria-labelledby={`${id}-title`} aria-describedby={`${id}-desc`}>
        <title id={`${id}-title`}>{t("statistics.strip", { name, used: duration(strip.used) })}</title>
        <desc id={`${id}-desc`}>{new Intl.ListFormat(locale(), { type: "unit" }).format(said)}</desc>
        {fill === "together" && <Hatch id={`${id}-together`} class="group" />}
        {strip.parts.map((part, index) => {
          const height = (part / scale) * 100;
          return (
            <rect
              key={index}
              class={strip.key === "" ? "all" : fill}
              {...hatched(fill, `${id}-together`)}
              x={`${index * width + width * 0.06}%`}
              width={`${width * 0.88}%`}
              y={`${100 - height}%`}
              height={`${height}%`}
            />
          );
        })}
      </svg>
    </div>
  );
}

function Axis({ bins }: { bins: readonly Bin[] }) {
  const desk = useDesk();
  return (
    <div class="axis small quiet" aria-hidden="true">
      {ticks(bins).map(({ at, place, major }) => (
        <span
          key={at}
          class={place > 0.8 ? "late" : major ? undefined : "minor"}
          style={{ insetInlineStart: `${place * 100}%` }}
        >
          <time dir="ltr">{desk.time(at)}</time>
        </span>
      ))}
    </div>
  );
}

interface TableProps {
  readonly bins: readonly Bin[];
  readonly shown: readonly Strip[];
  readonly name: (strip: Strip) => string;
}

function AsTable({ bins, shown, name }: TableProps) {
  const desk = useDesk();
  return (
    <div class="scrolls" role="region" aria-label={t("statistics.as_table")} tabIndex={0}>
      <table class="by-time" aria-labelledby="over-time">
        <thead>
          <tr>
            <th scope="col">{t("statistics.column.from")}</th>
            <th scope="col">{t("statistics.all")}</th>
            {shown.map((strip) => (
              <th key={strip.key} scope="col">
                {name(strip)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bins.map((bin, index) => (
            <tr key={bin.began_at}>
              <th scope="row">
                <bdi class="figure">{desk.time(bin.began_at)}</bdi>
              </th>
              <td>
                <Minutes ms={bin.used} />
              </td>
              {shown.map(({ key, parts }) => (
                <td key={key}>
                  <Minutes ms={parts[index] ?? 0} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
