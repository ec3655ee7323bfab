import { useEffect, useRef } from "preact/hooks";
import { PersonName } from "../../components/Person";
import { turnClock } from "../../floor";
import { isolated, locale, t } from "../../i18n";
import { townOf } from "../../people";
import { figures } from "../../time";
import type { TopicView } from "../../wire.gen";
import { useDesk } from "./desk";
import { began, isSort, type Intervention } from "./model/interventions";
import { KEYS } from "./model/keys";

/** What was spoken, oldest first; the arrows go from one to the next and show it at once. */
export function List() {
  const desk = useDesk();
  const all = desk.all.value;
  const present = desk.shown.value?.entry.id ?? null;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[aria-current]`)?.scrollIntoView({ block: "nearest" });
  }, [present]);
  const walk = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -all.length, End: all.length };
    const by = steps[event.key];
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const at = all.findIndex(({ entry }) => entry.id === present);
    desk.go(all[Math.max(0, Math.min(all.length - 1, at + by))]?.entry.id ?? null);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>("[aria-current]")?.focus());
  };
  return (
    <section class="column listed" aria-labelledby="interventions">
      <div class="row">
        <h2 id="interventions">{t("record.list", { n: all.length })}</h2>
        {all.length > 1 && (
          <span class="push small quiet keys-hint" aria-hidden="true">
            <kbd>{KEYS.previous}</kbd> <kbd>{KEYS.next}</kbd>
          </span>
        )}
      </div>
      {all.length === 0 && <p class="quiet">{t("record.list.none")}</p>}
      <ol ref={list} class="turns" onKeyDown={walk}>
        {all.map((each) => (
          <Item key={each.entry.id} intervention={each} present={each.entry.id === present} />
        ))}
      </ol>
    </section>
  );
}

function Item({ intervention, present }: { intervention: Intervention; present: boolean }) {
  const desk = useDesk();
  const { entry, running } = intervention;
  const { topics } = desk.view.value.notebook;
  return (
    <li>
      <button
        type="button"
        aria-current={present ? "true" : undefined}
        tabIndex={present ? 0 : -1}
        onClick={() => desk.go(entry.id)}
      >
        <time dir="ltr">{desk.time(began(intervention))}</time>
        <b>
          <PersonName who={entry.who} />
        </b>
        <small>
          {[townOf(entry.who), entry.protected && t("record.protected"), ...noted(intervention, topics)]
            .filter(Boolean)
            .join(" · ")}
          {running && <Running />}
        </small>
      </button>
    </li>
  );
}

function Running() {
  const desk = useDesk();
  const { floor, modalities } = desk.view.value;
  if (!floor) return null;
  const { left } = turnClock(floor, modalities.warnings, desk.now);
  return (
    <>
      {" · "}
      <b class="running">{t("record.has_floor", { time: figures(left) })}</b>
    </>
  );
}

/** What was noted: its sorts and topics, how many quotes, and that there is no tag. */
function noted({ notes, entry }: Intervention, topics: readonly TopicView[]): string[] {
  if (entry.attribution === "not_for_report") return [t("record.left_out")];
  const wordOf = (tag: string): string =>
    isSort(tag) ? t(`record.sort.${tag}`) : (topics.find((topic) => topic.tag === tag)?.text ?? tag);
  const words = notes.tags.map(({ tag }) => isolated(wordOf(tag).toLocaleLowerCase(locale())));
  return [
    words.length > 0 ? words.join(", ") : t("record.no_tag"),
    ...(notes.quotes.length > 0 ? [t("record.quotes_n", { n: notes.quotes.length })] : []),
  ];
}
