import "./statistics.css";
import { computed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Chip } from "../../../components/Chip";
import { t } from "../../../i18n";
import type { Statistics as Model } from "../../../wire.gen";
import { useDesk, type Desk } from "../desk";
import { TierSwitch } from "../TierSwitch";
import { Against } from "./Against";
import { fetchStatistics, Figures, type Told } from "./figures";
import { Countries, Groups } from "./Groups";
import { isEmpty } from "./model";
import { Notes } from "./Notes";
import { OverTime } from "./OverTime";
import { Summary } from "./Summary";

/** Who was heard, and for how long, as it is now. */
export function Statistics() {
  const figures = figuresOf(useDesk());
  useEffect(() => figures.start(), [figures]);
  const told = figures.told.value;
  return (
    <section class="column whole statistics" aria-labelledby="statistics">
      <div class="stack head">
        <div class="row title">
          <h2 id="statistics">{t("statistics.heading")}</h2>
          <TierSwitch tier={figures.tier} label={t("statistics.tier")} />
        </div>
        <p class="quiet">
          <Chip tone={figures.tier.value === "internal" ? "warn" : "go"} shape={SHAPES[figures.tier.value]}>
            {t(`report.tier.${figures.tier.value}`)}
          </Chip>{" "}
          {t(`statistics.${figures.tier.value}.what`)}
        </p>
        <State figures={figures} told={told} />
      </div>
      {told && (isEmpty(told.statistics) ? <Empty /> : <Charts told={told.statistics} />)}
    </section>
  );
}

const SHAPES = { publishable: "check", internal: "warning" } as const;

/** How new they are; that they are old is told to screen readers too. */
function State({ figures, told }: { figures: Figures; told: Told | null }) {
  const desk = useDesk();
  const away = figures.trouble.value !== null || desk.connection.link.value.state !== "live";
  return (
    <>
      {told && !away && (
        <p class="small quiet">
          {t(desk.running.value ? "statistics.as_of.running" : "statistics.as_of", { time: desk.exactTime(told.at) })}
        </p>
      )}
      {!told && !away && <p class="quiet">{t("statistics.waiting")}</p>}
      <p class="small old" role="status">
        {away && whyOld(figures, told && desk.exactTime(told.at))}
      </p>
    </>
  );
}

function whyOld({ trouble }: Figures, time: string | null): string {
  const code = trouble.value?.code;
  if (code === "unauthorised" || code === "forbidden") return t(`error.${code}`);
  return time ? t("statistics.away.last", { time }) : t("statistics.away.none");
}

function Empty() {
  return (
    <div class="card stack">
      <p>{t("statistics.empty")}</p>
      <p class="small quiet">{t("statistics.empty.what")}</p>
    </div>
  );
}

function Charts({ told }: { told: Model }) {
  return (
    <>
      <Summary told={told} />
      {told.total.interventions > told.total.untimed && <Against total={told.total} />}
      {told.total.interventions > 0 && <Groups told={told} />}
      <OverTime told={told} />
      <Countries told={told} />
      <Notes told={told} />
    </>
  );
}

const KNOWN = new WeakMap<Desk, Figures>();

/** One for as long as the page is there, so that the last figures are shown when one comes back to them. */
function figuresOf(desk: Desk): Figures {
  const figures =
    KNOWN.get(desk) ??
    new Figures({
      version: computed(() => `${desk.view.value.epoch} ${desk.view.value.version} ${desk.view.value.roster_revision}`),
      isRunning: computed(() => desk.view.value.floor !== null),
      isLive: computed(() => desk.connection.link.value.state === "live"),
      now: () => desk.connection.clock.sessionNow(),
      ask: (tier) => fetchStatistics(desk.session, desk.token, tier),
    });
  KNOWN.set(desk, figures);
  return figures;
}
