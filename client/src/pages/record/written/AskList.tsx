import { nameOfSegment } from "../../../agenda";
import { Button } from "../../../components/Button";
import { useKeptFocus } from "../../../components/Contribution";
import { PersonName } from "../../../components/Person";
import { t } from "../../../i18n";
import { nameOf, townOf } from "../../../people";
import type { TeamEntry, TeamView } from "../../../wire.gen";
import { useDesk } from "../desk";
import { postOf } from "./handIn";
import { toAsk, unheard } from "./model";

/** Who was not heard and has handed in nothing: they are invited to write (Q8). */
export function AskList() {
  const desk = useDesk();
  const view = desk.view.value;
  const asked = toAsk(view);
  return (
    <section class="stack" aria-labelledby="written-ask">
      <h2 id="written-ask" tabIndex={-1}>
        {t("written.ask")}
      </h2>
      <p class="small quiet">{summary(view, asked.length)}</p>
      <ul class="ask" hidden={asked.length === 0}>
        {asked.map((entry) => (
          <Person key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function summary(view: TeamView, n: number): string {
  const { waiting, late } = view.counts;
  const open = view.state === "closed" ? 0 : waiting + late;
  const heard = n > 0 ? t("written.ask.n", { n }) : t(unheard(view) > 0 ? "written.ask.none" : "written.ask.nobody");
  return open > 0 ? `${heard} ${t("written.ask.waiting", { n: open })}` : heard;
}

function Person({ entry }: { entry: TeamEntry }) {
  const desk = useDesk();
  const { handing, isOpen } = postOf(desk);
  const { item, goes } = useKeptFocus();
  const name = nameOf(entry.who);
  const begin = (): void => {
    if (handing.draft.text === "" && handing.file.value === null)
      handing.change({ person: { id: entry.person, name }, entry: entry.id });
    isOpen.value = true;
    goes(); // from this list, once the text is there
  };
  const topic = nameOfSegment(desk.view.value.segments, entry.segment);
  return (
    <li ref={item}>
      <p>
        <b>
          <PersonName who={entry.who} />
        </b>
        <span class="small quiet">{[townOf(entry.who), topic].filter(Boolean).join(" · ")}</span>
      </p>
      <Button kind="plain" class="slim" label={t("written.hand_in.for", { name })} onPress={begin}>
        {t("written.hand_in.do")}
      </Button>
    </li>
  );
}
