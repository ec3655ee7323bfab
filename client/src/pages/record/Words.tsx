// The captions of an intervention: as spoken, and a translation beside it. Lines are chosen here, to quote or correct.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { t } from "../../i18n";
import type { TrackState } from "../../captions";
import { EMPTY } from "../../captions";
import { useDesk } from "./desk";
import { chosenKeys, isKept, passageOf, rowsOf, spanOf, type Chosen, type Row } from "./model/passage";
import type { Intervention } from "./model/interventions";
import { KEYS } from "./model/keys";
import { Line } from "./Line";
import { Beside, trackTitle } from "./Beside";

export function Words({ intervention }: { intervention: Intervention }) {
  const desk = useDesk();
  const original = desk.original.value;
  const beside = desk.beside.value;
  const state = original ? desk.known(original.track) : EMPTY;
  const rows = rowsOf(state, beside ? desk.known(beside.track) : null, intervention.turns);
  if (!original) return <p class="quiet">{t("record.words.no_track")}</p>;
  return (
    <section class="said" aria-labelledby="words-title">
      <h2 id="words-title" class="visually-hidden">
        {t("record.words")}
      </h2>
      <div class="heads">
        <h3>
          {trackTitle(original)} <kbd aria-hidden="true">{KEYS.words}</kbd>
        </h3>
        <div class="row">
          {beside && <h3>{trackTitle(beside)}</h3>}
          <Beside />
        </div>
      </div>
      {rows.length === 0 ? (
        <p class="quiet">{t(desk.unread.value ? "record.words.unread" : "record.words.none")}</p>
      ) : (
        <Grid intervention={intervention} rows={rows} state={state} />
      )}
    </section>
  );
}

interface GridProps {
  readonly intervention: Intervention;
  readonly rows: readonly Row[];
  readonly state: TrackState;
}

function Grid({ intervention, rows, state }: GridProps) {
  const desk = useDesk();
  const grid = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<string | null>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [marking, setMarking] = useState(false);
  const [editing, setEditing] = useState<string | null>(null);
  const keys = chosenKeys(rows, chosen);
  const original = desk.original.value;
  const beside = desk.beside.value;
  const quoted = useQuoted(intervention, state);
  // The one that the Tab key comes to: where one was, else the newest, which is what is being said.
  const stop = rows.some(({ key }) => key === at) ? at : (rows.at(-1)?.key ?? null);
  useTail(grid, rows, editing !== null || keys.length > 0);

  const choose = (next: Chosen | null): void => {
    setChosen(next);
    if (!next) return setMarking(false);
    desk.stay();
    setAt(next.head);
    const n = chosenKeys(rows, next).length;
    if (n > 1) desk.said.value = t("record.words.chosen", { n });
  };
  const quote = async (): Promise<void> => {
    const wanted = keys.length > 0 ? keys : stop ? [stop] : [];
    const span = spanOf(rows, wanted, state);
    if (!span || !original) return desk.tell(t("record.words.not_kept"));
    const passage = { entry: intervention.entry.id, track: original.track, ...span };
    const ack = await desk.ask({ type: "quote_intervention", ...passage }, t("record.quote.added"));
    if (ack?.ok) choose(null);
  };
  const edit = (key: string | null): void => {
    const line = rows.find((row) => row.key === key)?.line ?? null;
    if (!isKept(line)) return desk.tell(t("record.words.not_kept"));
    desk.stay();
    setEditing(key);
  };
  const walk = (event: KeyboardEvent): void => {
    const on = rows.findIndex(({ key }) => key === stop);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(rows.length - 1, on + 1),
      ArrowUp: Math.max(0, on - 1),
      Home: 0,
      End: rows.length - 1,
    };
    const to = rows[steps[event.key] ?? -1]?.key;
    if (to === undefined || stop === null) return;
    event.preventDefault();
    setAt(to);
    if (event.shiftKey || marking) choose({ anchor: chosen?.anchor ?? stop, head: to });
    else if (chosen) choose(null);
    grid.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(to)}"]`)?.focus();
  };
  const press = (event: KeyboardEvent): void => {
    if (event.target instanceof Element && event.target.closest("textarea, button")) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const acts: Readonly<Record<string, () => void>> = {
      Enter: () => void quote(),
      Escape: () => choose(null),
      " ": () => stop && choose({ anchor: chosen?.anchor ?? stop, head: stop }),
      m: () => mark(),
      e: () => edit(stop),
    };
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return walk(event);
    event.preventDefault();
    act();
  };
  const mark = (): void => {
    if (marking || !stop) return setMarking(false);
    choose({ anchor: stop, head: stop });
    setMarking(true);
  };
  // A passage marked with the mouse, however it was dragged; a press on a line chooses it, with Shift up to there.
  const pick = (event: MouseEvent): void => {
    if (event.target instanceof Element && event.target.closest("textarea, button")) return;
    const [from, to] = selectedRows(event.target);
    if (!to) return;
    if (event.shiftKey && chosen) return choose({ anchor: chosen.anchor, head: to });
    choose({ anchor: from ?? to, head: to });
  };
  return (
    <>
      <div
        ref={grid}
        class={beside ? "words two" : "words"}
        role="grid"
        aria-labelledby="words-title"
        aria-describedby="words-keys"
        aria-multiselectable="true"
        onKeyDown={press}
        onMouseUp={pick}
      >
        <div role="row" class="visually-hidden">
          {[original, beside].map((track) => track && <span role="columnheader">{trackTitle(track)}</span>)}
        </div>
        {rows.map((row) => (
          <Line
            key={row.key}
            row={row}
            track={original?.track ?? ""}
            quoted={row.line !== null && quoted.has(row.line.id)}
            chosen={keys.includes(row.key)}
            stop={row.key === stop}
            editing={row.key === editing}
            onClose={() => {
              setEditing(null);
              requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>("[tabindex='0']")?.focus());
            }}
          />
        ))}
      </div>
      <div class="row choosing">
        {keys.length === 0 ? (
          <p id="words-keys" class="small quiet">
            {t("record.words.keys")}
          </p>
        ) : (
          <>
            <Button kind="primary" class="slim" disabled={desk.why.value !== null} onPress={quote}>
              {t("record.words.quote", { n: keys.length })} <kbd aria-hidden="true">↵</kbd>
            </Button>
            <Button class="slim" counts onPress={() => chosen && choose(longer(rows, chosen))}>
              {t("record.words.more")}
            </Button>
            {keys.length === 1 && (
              <Button class="slim" disabled={desk.why.value !== null} onPress={() => edit(keys[0] ?? null)}>
                {t("record.words.correct")} <kbd aria-hidden="true">E</kbd>
              </Button>
            )}
            <Button kind="plain" class="slim" onPress={() => choose(null)}>
              {t("record.words.clear")}
            </Button>
          </>
        )}
      </div>
    </>
  );
}

/** The choice with the next line in it too. */
function longer(rows: readonly Row[], chosen: Chosen): Chosen {
  const ends = [chosen.anchor, chosen.head].map((key) => rows.findIndex((row) => row.key === key));
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  return { anchor: rows[from]?.key ?? chosen.anchor, head: (rows[to + 1] ?? rows[to])?.key ?? chosen.head };
}

/** The rows in which what was marked begins and ends; where nothing was, the row that was pressed. */
function selectedRows(target: EventTarget | null): [string | null, string | null] {
  const rowOf = (node: Node | EventTarget | null): string | null => {
    const element = node instanceof Element ? node : node instanceof Node ? node.parentElement : null;
    return element?.closest<HTMLElement>("[data-row]")?.dataset["row"] ?? null;
  };
  const marked = getSelection();
  if (!marked || marked.isCollapsed) return [null, rowOf(target)];
  return [rowOf(marked.anchorNode), rowOf(marked.focusNode)];
}

/** The lines that quotes of this track hold. */
function useQuoted({ notes }: Intervention, state: TrackState): ReadonlySet<string> {
  const desk = useDesk();
  const track = desk.original.value?.track;
  const passages = notes.quotes.filter((quote) => quote.track === track).map((quote) => passageOf(state, quote));
  return new Set(passages.flatMap((passage) => [...(passage?.ids ?? [])]));
}

/** Whoever is at the end stays at the end, unless they are at work further up. */
function useTail(box: { readonly current: HTMLElement | null }, rows: readonly Row[], busy: boolean): void {
  const atEnd = useRef(true);
  useEffect(() => {
    const watch = (): void => {
      const it = box.current;
      if (it) atEnd.current = it.scrollHeight - it.scrollTop - it.clientHeight < 40;
    };
    box.current?.addEventListener("scroll", watch);
    return () => box.current?.removeEventListener("scroll", watch);
  }, []);
  useLayoutEffect(() => {
    if (atEnd.current && !busy && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [rows.length, rows.at(-1)?.line?.text]);
}
