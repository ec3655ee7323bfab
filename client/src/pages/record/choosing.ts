// Lines of an intervention as they are chosen, by keys or pointer, and what is done with them.
import { useState } from "preact/hooks";
import type { TrackState } from "../../captions";
import { t } from "../../i18n";
import { isKept } from "../../team/line";
import { useDesk } from "./desk";
import type { Intervention } from "./model/interventions";
import { chosenKeys, spanOf, type Chosen, type Row } from "./model/passage";

export interface Choosing {
  readonly chosen: Chosen | null;
  /** Of the rows chosen, in their order. */
  readonly keys: readonly string[];
  /** The row that the Tab key comes to. */
  readonly stop: string | null;
  readonly choose: (next: Chosen | null) => void;
  /** Begins a choice that the arrows go on with, or ends it. */
  readonly mark: () => void;
  /** Goes on to a row; `extend`: it is chosen, with those on the way. */
  readonly goTo: (row: string, extend: boolean) => void;
  readonly quote: () => Promise<void>;
  readonly correct: (row: string | null) => void;
}

export function useChoosing(
  { entry }: Intervention,
  rows: readonly Row[],
  state: TrackState,
  onEdit: (row: string) => void,
): Choosing {
  const desk = useDesk();
  const [at, setAt] = useState<string | null>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [marking, setMarking] = useState(false);
  const keys = chosenKeys(rows, chosen);
  // Where one was, else the newest, which is what is being said.
  const stop = rows.some(({ key }) => key === at) ? at : (rows.at(-1)?.key ?? null);

  const choose = (next: Chosen | null): void => {
    setChosen(next);
    if (!next) return setMarking(false);
    desk.stay();
    setAt(next.head);
    const n = chosenKeys(rows, next).length;
    if (n > 1) desk.said.value = t("record.words.chosen", { n });
  };
  const mark = (): void => {
    if (marking || !stop) return setMarking(false);
    choose({ anchor: stop, head: stop });
    setMarking(true);
  };
  const goTo = (row: string, extend: boolean): void => {
    setAt(row);
    if (extend || marking) choose({ anchor: chosen?.anchor ?? stop ?? row, head: row });
    else if (chosen) choose(null);
  };
  const quote = async (): Promise<void> => {
    const wanted = keys.length > 0 ? keys : stop ? [stop] : [];
    const span = spanOf(rows, wanted, state);
    const track = desk.original.value?.track;
    if (!span || !track) return desk.tell(t("record.words.not_kept"));
    const passage = { entry: entry.id, track, ...span };
    const ack = await desk.ask({ type: "quote_intervention", ...passage }, t("record.quote.added"));
    if (ack?.ok) choose(null);
  };
  const correct = (row: string | null): void => {
    const line = rows.find(({ key }) => key === row)?.line ?? null;
    if (row === null || !isKept(line)) return desk.tell(t("record.words.not_kept"));
    desk.stay();
    onEdit(row);
  };
  return { chosen, keys, stop, choose, mark, goTo, quote, correct };
}
