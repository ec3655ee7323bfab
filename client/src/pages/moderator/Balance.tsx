import { useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { t } from "../../i18n";
import type { Constituency, Region } from "../../wire.gen";
import { useDesk } from "./desk";
import { bars, suggested, type Bar } from "./model/advice";

const GROUPS = ["constituency", "region"] as const;

/** Who has been heard, and what that suggests (Q3). */
export function Balance() {
  const desk = useDesk();
  const view = desk.view.value;
  const [group, setGroup] = useState<(typeof GROUPS)[number]>("constituency");
  const shown = bars(view, group);
  return (
    <div class="stack">
      <div class="row">
        <h2 id="balance-title">{t("moderator.balance.title")}</h2>
        <div class="push by-group" role="group" aria-label={t("moderator.balance.by")}>
          {GROUPS.map((each) => (
            <button key={each} type="button" aria-pressed={each === group} onClick={() => setGroup(each)}>
              {t(`moderator.balance.${each}`)}
            </button>
          ))}
        </div>
      </div>
      {shown.length === 0 ? (
        <p class="small quiet">{t("moderator.balance.none")}</p>
      ) : (
        <ul class="balance">
          {shown.map((bar) => (
            <Line key={bar.group + bar.key} bar={bar} />
          ))}
        </ul>
      )}
      <Suggestion />
    </div>
  );
}

function Line({ bar }: { bar: Bar }) {
  const label = groupName(bar.group, bar.key);
  return (
    <li>
      <span class="visually-hidden">{t("moderator.balance.row", { label, minutes: bar.minutes, n: bar.turns })}</span>
      <span aria-hidden="true">{label}</span>
      <span class="beam" aria-hidden="true">
        <i style={{ inlineSize: `${bar.share * 100}%` }} />
      </span>
      <span class="quiet" aria-hidden="true">
        {bar.minutes}
      </span>
    </li>
  );
}

/** What a group of the balance is called. */
export function groupName(group: "constituency" | "region" | "first_time", key: string): string {
  if (group === "first_time") return t("moderator.balance.first_time");
  if (key === "unknown") return t("constituency.unknown");
  return group === "region" ? t(`region.${key as Region}`) : t(`constituency.${key as Constituency}`);
}

function Suggestion() {
  const desk = useDesk();
  const view = desk.view.value;
  const moved = suggested(view).filter((s) => s.from !== s.to).length;
  if (moved === 0 || !desk.may.value.act) return null;
  return (
    <p class="small quiet suggestion">
      {t("moderator.suggest.some", { n: moved })}{" "}
      <Button kind="plain" onPress={() => desk.open({ kind: "suggest" })}>
        {t("moderator.suggest.see")}
      </Button>
    </p>
  );
}
