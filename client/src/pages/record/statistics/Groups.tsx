import type { ComponentChildren } from "preact";
import { locale, t } from "../../../i18n";
import type { Row, Statistics } from "../../../wire.gen";
import { useDesk } from "../desk";
import { Hatch, hatched } from "./Hatch";
import { Minutes } from "./Minutes";
import { bars, GROUPS, type BarRow, type Group } from "./model";

const COLUMNS = ["time", "share", "interventions"] as const;
type Column = (typeof COLUMNS)[number] | "untimed";

/** One table with its picture for each way to group; what is told of all is told in each. */
export function Groups({ told }: { told: Statistics }) {
  return (
    <div class="charts">
      {GROUPS.map((group) => (
        <section key={group} class="card stack chart" aria-labelledby={`by-${group}`}>
          <h3 id={`by-${group}`}>{t(`statistics.by.${group}`)}</h3>
          <Bars group={group} rows={told[group]} />
        </section>
      ))}
    </div>
  );
}

/** Internal tier only: there may be many, so they are shown on demand. */
export function Countries({ told }: { told: Statistics }) {
  if (told.countries.length === 0) return null;
  return (
    <details class="card chart">
      <summary>{t("statistics.by.countries", { n: told.countries.length })}</summary>
      <Bars group="countries" rows={told.countries} />
    </details>
  );
}

/** The bars stand in the table whose numbers they draw: whoever does not see them misses nothing. */
function Bars({ group, rows }: { group: Group; rows: readonly Row[] }) {
  const desk = useDesk();
  const isUntimed = rows.some(({ untimed }) => untimed > 0);
  return (
    <table class="bars" aria-label={t(`statistics.by.${group}`, { n: rows.length })}>
      <thead>
        <tr>
          <th scope="col" class="name">
            <span class="visually-hidden">{t(`statistics.group.${group}`)}</span>
          </th>
          {(isUntimed ? [...COLUMNS, "untimed" as const] : COLUMNS).map((column) => (
            <th key={column} scope="col">
              {t(`statistics.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bars(group, rows, desk.view.value.segments).map((row) => (
          <Line key={row.key} row={row} isUntimed={isUntimed} pattern={`${group}-together`} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ row, isUntimed, pattern }: { row: BarRow; isUntimed: boolean; pattern: string }) {
  return (
    <tr>
      <th scope="row" class="name">
        <bdi>{row.name}</bdi>
        <svg class="beam" aria-hidden="true">
          {row.fill === "together" && <Hatch id={pattern} class="group" />}
          <rect class={row.fill} {...hatched(row.fill, pattern)} width={`${row.length * 100}%`} height="100%" />
        </svg>
      </th>
      <Cell column="time">{row.interventions > row.untimed || row.used > 0 ? <Minutes ms={row.used} /> : "–"}</Cell>
      <Cell column="share">{percent(row.share_of_time)}</Cell>
      <Cell column="interventions">{row.interventions}</Cell>
      {isUntimed && <Cell column="untimed">{row.untimed}</Cell>}
    </tr>
  );
}

/** Where a row is too narrow for columns, its cells are told apart by what is written before them. */
function Cell({ column, children }: { column: Column; children: ComponentChildren }) {
  return <td data-column={t(`statistics.column.${column}`)}>{children}</td>;
}

function percent(share: number): string {
  return new Intl.NumberFormat(locale(), { style: "percent" }).format(share / 100);
}
