import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../components/Button";
import { Chip } from "../../components/Chip";
import { t } from "../../i18n";
import type { QuoteView } from "../../wire.gen";
import { useDesk } from "./desk";
import type { Intervention } from "./model/interventions";
import { KEYS } from "./model/keys";
import { passageOf, type Passage } from "./model/passage";
import { isOpen } from "./model/todo";

/** Passages worth quoting. What a machine wrote becomes a quotation when somebody has heard it in the recording (R7). */
export function Quotes({ intervention }: { intervention: Intervention }) {
  const desk = useDesk();
  const { quotes } = intervention.notes;
  const box = useRef<HTMLUListElement>(null);
  const goal = desk.goal.value;
  const first = quotes.find((quote) => isOpen(quote, desk.known));
  useEffect(() => {
    if (goal !== "quote" || quotes.length === 0) return;
    desk.goal.value = null;
    box.current?.querySelector<HTMLElement>(`[aria-keyshortcuts]`)?.focus();
  }, [goal, intervention.entry.id]);
  if (quotes.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="quotes">
      <h2 id="quotes">{t("record.quotes", { n: quotes.length })}</h2>
      <ul ref={box} class="stack">
        {quotes.map((quote) => (
          <Quote key={quote.annotation} quote={quote} asks={quote === first} />
        ))}
      </ul>
    </section>
  );
}

/** `asks`: the one that the key confirms. */
function Quote({ quote, asks }: { quote: QuoteView; asks: boolean }) {
  const desk = useDesk();
  const passage = passageOf(desk.known(quote.track), quote);
  const off = desk.why.value !== null;
  const open = isOpen(quote, desk.known);
  const confirm = () => desk.ask({ type: "confirm_quote", annotation: quote.annotation }, t("record.quote.said"));
  const remove = () => desk.ask({ type: "remove_annotation", annotation: quote.annotation }, t("record.quote.gone"));
  return (
    <li class={open ? "quote open" : "quote"}>
      {passage ? (
        <q lang={passage.language} dir="auto">
          {passage.text}
        </q>
      ) : (
        <p class="quiet">{t("record.quote.unread")}</p>
      )}
      <div class="row small">
        <State quote={quote} passage={passage} />
        {quote.by && <span class="quiet">{t("record.quote.by", { name: quote.by })}</span>}
      </div>
      <div class="row acts">
        {open && passage && (
          <Button
            kind="plain"
            class="slim"
            disabled={off}
            {...(asks ? { hotkey: KEYS.confirm } : {})}
            onPress={confirm}
          >
            {t("record.quote.confirm", { time: desk.exactTime(passage.spokenAt) })}
          </Button>
        )}
        <Button kind="plain" class="slim" disabled={off} label={t("record.quote.remove_it")} onPress={remove}>
          {t("record.quote.remove")}
        </Button>
      </div>
    </li>
  );
}

function State({ quote, passage }: { quote: QuoteView; passage: Passage | null }) {
  if (quote.confirmed_by !== null)
    return (
      <Chip tone="go" shape="check">
        {t("record.quote.confirmed", { name: quote.confirmed_by })}
      </Chip>
    );
  if (!passage) return null;
  if (!passage.machine)
    return (
      <Chip tone="go" shape="check">
        {t("record.quote.human")}
      </Chip>
    );
  return (
    <Chip tone="warn" shape="warning">
      {t("record.quote.machine")}
    </Chip>
  );
}
