// The captions of an intervention: as spoken, and a translation beside it. Lines are chosen here, to quote or correct.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { t } from "../../i18n";
import type { TrackState } from "../../captions";
import { EMPTY } from "../../captions";
import { useChoosing, type Choosing } from "./choosing";
import { useDesk } from "./desk";
import { passageOf, rowsOf, type Chosen, type Row } from "./model/passage";
import type { Intervention } from "./model/interventions";
import { KEYS } from "./model/keys";
import { Line } from "./Line";
import { Beside, trackTitle } from "./Beside";

export function Words({ intervention }: { intervention: Intervention }) {
  const desk = useDesk();
  const original = desk.original.value;
  const beside = desk.beside.value;
  const state = original ? desk.known(original.track) : EMPTY;
  const [editing, setEditing] = useState<string | null>(null);
  const rows = rowsOf(state, beside ? desk.known(beside.track) : null, intervention.turns, editing);
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
        <Grid intervention={intervention} rows={rows} state={state} editing={editing} onEdit={setEditing} />
      )}
    </section>
  );
}

interface GridProps {
  readonly intervention: Intervention;
  readonly rows: readonly Row[];
  readonly state: TrackState;
  /** The line in an editor. */
  readonly editing: string | null;
  readonly onEdit: (line: string | null) => void;
}

function Grid({ intervention, rows, state, editing, onEdit }: GridProps) {
  const desk = useDesk();
  const grid = useRef<HTMLDivElement>(null);
  const choosing = useChoosing(intervention, rows, state, onEdit);
  const { keys, stop } = choosing;
  const original = desk.original.value;
  const beside = desk.beside.value;
  const quoted = useQuoted(intervention, state);
  useTail(grid, rows, editing !== null || keys.length > 0);
  const focus = (row: string): void => grid.current?.querySelector<HTMLElement>(row)?.focus();
  // What can be done with a choice goes with it, and would take the focus along.
  const wasChosen = useRef(false);
  useLayoutEffect(() => {
    if (wasChosen.current && keys.length === 0 && document.activeElement === document.body) focus("[tabindex='0']");
    wasChosen.current = keys.length > 0;
  });
  const leave = (): void => {
    onEdit(null);
    requestAnimationFrame(() => focus("[tabindex='0']"));
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
        onKeyDown={(event) => press(event, choosing, rows, (to) => focus(`[data-row="${CSS.escape(to)}"]`))}
        onMouseUp={(event) => pick(event, choosing)}
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
            onClose={leave}
          />
        ))}
      </div>
      <Acts choosing={choosing} rows={rows} />
    </>
  );
}

/** What can be done with the lines that are chosen; else the keys by which they are. */
function Acts({ choosing, rows }: { choosing: Choosing; rows: readonly Row[] }) {
  const { chosen, keys, choose, quote, correct } = choosing;
  const off = useDesk().why.value !== null;
  if (keys.length === 0)
    return (
      <div class="row choosing">
        <p id="words-keys" class="small quiet">
          {t("record.words.keys")}
        </p>
      </div>
    );
  return (
    <div class="row choosing">
      <Button kind="primary" class="slim" disabled={off} onPress={quote}>
        {t("record.words.quote", { n: keys.length })} <kbd aria-hidden="true">↵</kbd>
      </Button>
      <Button class="slim" counts onPress={() => chosen && choose(longer(rows, chosen))}>
        {t("record.words.more")}
      </Button>
      {keys.length === 1 && (
        <Button class="slim" disabled={off} onPress={() => correct(keys[0] ?? null)}>
          {t("record.words.correct")} <kbd aria-hidden="true">E</kbd>
        </Button>
      )}
      <Button kind="plain" class="slim" onPress={() => choose(null)}>
        {t("record.words.clear")}
      </Button>
    </div>
  );
}

const isControl = ({ target }: Event): boolean => target instanceof Element && !!target.closest("textarea, button");

function press(event: KeyboardEvent, choosing: Choosing, rows: readonly Row[], focus: (row: string) => void): void {
  if (isControl(event) || event.altKey || event.ctrlKey || event.metaKey) return;
  const { chosen, stop, choose } = choosing;
  const acts: Readonly<Record<string, () => void>> = {
    Enter: () => void choosing.quote(),
    Escape: () => choose(null),
    " ": () => stop && choose({ anchor: chosen?.anchor ?? stop, head: stop }),
    m: choosing.mark,
    e: () => choosing.correct(stop),
  };
  const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  const to = act ? undefined : stepFrom(rows, stop, event.key);
  if (to === undefined && !act) return;
  event.preventDefault();
  if (to === undefined) return act?.();
  choosing.goTo(to, event.shiftKey);
  focus(to);
}

/** The row that an arrow, Home or End goes to. */
function stepFrom(rows: readonly Row[], stop: string | null, key: string): string | undefined {
  const on = rows.findIndex((row) => row.key === stop);
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: Math.min(rows.length - 1, on + 1),
    ArrowUp: Math.max(0, on - 1),
    Home: 0,
    End: rows.length - 1,
  };
  return rows[steps[key] ?? -1]?.key;
}

/** A passage marked with the mouse, however it was dragged; a press on a line chooses it, with Shift up to there. */
function pick(event: MouseEvent, { chosen, choose }: Choosing): void {
  if (isControl(event)) return;
  const [from, to] = selectedRows(event.target);
  if (!to) return;
  if (event.shiftKey && chosen) return choose({ anchor: chosen.anchor, head: to });
  choose({ anchor: from ?? to, head: to });
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
