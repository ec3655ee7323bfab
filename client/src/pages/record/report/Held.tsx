import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../../components/Button";
import { Chip } from "../../../components/Chip";
import { locale, t } from "../../../i18n";
import { nameOf } from "../../../people";
import { keysOn } from "../../../team/keys";
import type { HeldLine, PassageDecision } from "../../../wire.gen";
import { useDesk } from "../desk";
import { trackName } from "./Files";
import { DECISIONS, keyOf } from "./holding";
import { decisionOf, KEYS, stepOf } from "./keys";
import type { Store } from "./store";

/** Lines that name somebody who is protected, away from their turn: the rapporteur decides about each (R10). */
export function Held({ store }: { store: Store }) {
  const { holding } = store;
  const open = holding.open.value;
  const decided = holding.decided.value;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (store.goal.value !== "held" || holding.lines.value === null) return;
    store.goal.value = null;
    list.current?.querySelector<HTMLElement>("[data-line] button")?.focus();
  });
  return (
    <section class="column held" aria-labelledby="held">
      <h2 id="held">{t("report.held", { n: open.length })}</h2>
      <p class="small quiet">{t("report.held.what")}</p>
      {holding.lines.value === null && (
        <p class="quiet">{holding.trouble.value ? t("report.away") : t("report.reading")}</p>
      )}
      {holding.lines.value !== null && open.length === 0 && (
        <p>{decided.length > 0 ? t("report.held.none_left") : t("report.held.none")}</p>
      )}
      {open.length > 0 && (
        <>
          <p class="small quiet keys-hint" id="held-keys">
            {t("report.held.keys")}
          </p>
          <ol ref={list} class="held-lines" aria-describedby="held-keys">
            {open.map((line) => (
              <Line key={keyOf(line)} store={store} line={line} />
            ))}
          </ol>
        </>
      )}
      {decided.length > 0 && (
        <details>
          <summary>{t("report.held.decided", { n: decided.length })}</summary>
          <ol class="held-lines">
            {decided.map((line) => (
              <Line key={keyOf(line)} store={store} line={line} />
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

function Line({ store, line }: { store: Store; line: HeldLine }) {
  const desk = useDesk();
  const entry = desk.view.value.entries.find(({ id }) => id === line.entry);
  const names = line.persons.map(({ name }) => name ?? t("report.held.erased"));
  const me = useRef<HTMLLIElement>(null);
  const decide = async (decision: PassageDecision): Promise<void> => {
    const next = neighbour(me.current, 1) ?? neighbour(me.current, -1);
    if (!(await store.holding.decide(line, decision))) return;
    desk.said.value = t(`report.held.said.${decision}`, { time: desk.exactTime(line.at) });
    if (line.decision === null) (next ?? document.querySelector<HTMLElement>(".held summary"))?.focus();
  };
  const press = (event: KeyboardEvent): void => {
    const step = stepOf(event);
    const decision = keysOn.value && desk.why.value === null ? decisionOf(event) : null;
    if (step) neighbour(me.current, step)?.focus();
    else if (decision) void decide(decision);
    else return;
    event.preventDefault();
  };
  return (
    <li ref={me} data-line={keyOf(line)} onKeyDown={press}>
      <p class="small quiet">
        <time dir="ltr">{desk.exactTime(line.at)}</time> · {trackName(line.track, line.language)}
        {entry && (
          <>
            {" "}
            · <bdi dir="auto">{t("report.held.speaking", { name: nameOf(entry.who) })}</bdi>
          </>
        )}
      </p>
      <blockquote lang={line.language} dir="auto">
        {line.parts.map(({ text, is_name: isName }) => (isName ? <mark>{text}</mark> : text))}
      </blockquote>
      <p class="small">
        {t("report.held.tells", { n: names.length, names: new Intl.ListFormat(locale()).format(names) })}
      </p>
      <div class="row decisions" role="group" aria-label={t("report.held.decide")}>
        {DECISIONS.map((decision) => (
          <Decide key={decision} line={line} decision={decision} decide={decide} />
        ))}
        {line.decision && (
          <Chip tone="go" shape="check">
            {t(`report.held.is.${line.decision}`)}
          </Chip>
        )}
      </div>
    </li>
  );
}

interface DecideProps {
  readonly line: HeldLine;
  readonly decision: PassageDecision;
  readonly decide: (decision: PassageDecision) => Promise<void>;
}

function Decide({ line, decision, decide }: DecideProps) {
  const desk = useDesk();
  return (
    <Button
      class="slim"
      hotkey={KEYS[decision]}
      pressed={line.decision === decision}
      disabled={desk.why.value !== null}
      onPress={() => line.decision !== decision && decide(decision)}
    >
      {t(`report.held.${decision}`)}
    </Button>
  );
}

/** The first button of the line before or after. */
function neighbour(line: HTMLLIElement | null, step: 1 | -1): HTMLElement | null {
  const beside = step === 1 ? line?.nextElementSibling : line?.previousElementSibling;
  return beside?.querySelector<HTMLElement>("button") ?? null;
}
