import { PersonName } from "../../components/Person";
import { Chip } from "../../components/Chip";
import { t } from "../../i18n";
import { turnAt } from "../../captions";
import { isKept } from "../../team/line";
import { LineEditor, Unsaved } from "../../team/LineEditor";
import type { WireCaption } from "../../wire.gen";
import { useDesk } from "./desk";
import type { Row } from "./model/passage";

interface LineProps {
  readonly row: Row;
  readonly track: string;
  readonly quoted: boolean;
  readonly chosen: boolean;
  /** Whether the Tab key comes here. */
  readonly stop: boolean;
  readonly editing: boolean;
  readonly onClose: () => void;
}

/** A line as it was spoken, and what stands beside it. */
export function Line({ row, track, quoted, chosen, stop, editing, onClose }: LineProps) {
  const desk = useDesk();
  const { line } = row;
  return (
    <div
      role="row"
      data-row={row.key}
      tabIndex={stop ? 0 : -1}
      aria-selected={chosen}
      class={quoted ? "quoted" : undefined}
    >
      <div role="gridcell">
        {line && editing && isKept(line) ? (
          <LineEditor
            desk={desk}
            track={track}
            line={line}
            mayCorrect={desk.why.value === null}
            empty={t("record.line.empty")}
            onClose={onClose}
          />
        ) : (
          line && <Spoken line={line} quoted={quoted} />
        )}
        {isKept(line) && !editing && <Unsaved desk={desk} track={track} line={line} />}
        {line?.status === "corrected" && line.by !== null && (
          <p class="small quiet">{t("record.words.corrected", { name: desk.teamName(line.by) })}</p>
        )}
      </div>
      {desk.beside.value && (
        <div role="gridcell" class="quiet">
          {row.translations.map((one) => (
            <p key={one.id} lang={one.language} dir="auto" class={one.status === "partial" ? "open" : undefined}>
              {one.text}
            </p>
          ))}
        </div>
      )}
    </div>
  );
}

function Spoken({ line, quoted }: { line: WireCaption; quoted: boolean }) {
  const desk = useDesk();
  if (line.status === "gap") return <p class="gap">{t(`record.gap.${line.reason ?? "interrupted"}`)}</p>;
  const machine = line.origin === "machine" && desk.original.value?.machine === false;
  return (
    <>
      <p lang={line.language} dir="auto" class={line.status === "partial" ? "open" : undefined}>
        {quoted ? <mark>{line.text}</mark> : line.text}
      </p>
      {machine && <Chip>{t("record.words.machine")}</Chip>}
      <Other line={line} />
    </>
  );
}

/** A part of an intervention that somebody else spoke: a substitute who took over. */
function Other({ line }: { line: WireCaption }) {
  const desk = useDesk();
  const shown = desk.shown.value;
  const turn = turnAt(shown?.turns ?? [], line.spoken_at);
  if (!turn || !shown || turn.who.name === shown.entry.who.name) return null;
  return (
    <p class="small quiet">
      <PersonName who={turn.who} />
    </p>
  );
}
