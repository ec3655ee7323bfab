import { useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { t } from "../../i18n";
import { useDesk } from "./desk";
import { endChoice } from "./model/advice";
import { extendSession } from "./model/asks";

const BY = [5, 10, 15] as const;

/** T10: finish, extend or close. Shown from five minutes before the end until somebody chose, and again past it. */
export function EndChoice() {
  const desk = useDesk();
  const view = desk.view.value;
  const left = endChoice(view, desk.now);
  const [chosen, setChosen] = useState<string | null>(null);
  const asked = `${view.ends_at} ${left !== null && left < 0}`;
  if (left === null || chosen === asked) return null;
  const off = !desk.may.value.act;
  const time = desk.writing.value.duration(Math.abs(left));
  return (
    <section class="card end-choice" aria-labelledby="end-title">
      <h2 id="end-title">{t(left >= 0 ? "moderator.end.title" : "moderator.end.title_past", { time })}</h2>
      <p class="small">{t("moderator.end.hint")}</p>
      <div class="choices">
        <Button onPress={() => setChosen(asked)}>{t("moderator.end.finish")}</Button>
        <div class="row by" role="group" aria-label={t("moderator.end.extend_label")}>
          {BY.map((n) => (
            <Button key={n} disabled={off} onPress={() => desk.ask(extendSession(view, n), "time")}>
              {t("moderator.end.extend", { n })}
            </Button>
          ))}
        </div>
        <Button kind="stop" disabled={off} onPress={() => desk.open({ kind: "close" })}>
          {t("moderator.end.close")}
        </Button>
      </div>
    </section>
  );
}
