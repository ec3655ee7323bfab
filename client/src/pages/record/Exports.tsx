import { locale, t } from "../../i18n";
import type { ExportsOffered, Tier } from "../../wire.gen";
import { furtherKinds, GROUPS, type Kind } from "./model/exports";
import { Ask, Length } from "./report/Files";
import { Progress } from "./report/Progress";
import { useLiveStore } from "./report/store";

/** The working paper in brief; all other files are in the part of the report. */
export function Exports() {
  const store = useLiveStore();
  const offered = store.offered.value;
  const there = new Set(offered?.kinds.filter(({ tiers }) => tiers.includes(store.tier.value)).map(({ kind }) => kind));
  const kinds: readonly Kind[] = GROUPS.paper.filter((kind) => there.has(kind));
  return (
    <section class="stack" aria-labelledby="exports">
      <h2 id="exports">{t("report.heading")}</h2>
      <div class="card stack brief">
        <Paper offered={offered} tier={store.tier.value} />
        <div class="row asks">
          {kinds.map((kind, index) => (
            <Ask key={kind} store={store} kind={kind} track={null} primary={index === 0} />
          ))}
          <a class="button plain slim" href="#report">
            {offered ? t("report.more", { n: furtherKinds(offered.kinds) }) : t("report.all")}
          </a>
        </div>
        <Progress store={store} />
      </div>
    </section>
  );
}

function Paper({ offered, tier }: { offered: ExportsOffered | null; tier: Tier }) {
  const number = new Intl.NumberFormat(locale());
  const n = offered?.words[tier] ?? null;
  return (
    <div>
      <h3>{n === null ? t("report.group.paper") : t("report.brief.words", { n, words: number.format(n) })}</h3>
      {offered && <p class="small quiet">{t(`report.brief.${tier}`, { limit: number.format(offered.limit) })}</p>}
      {offered && n !== null && n > offered.limit && <Length offered={offered} tier={tier} />}
    </div>
  );
}
