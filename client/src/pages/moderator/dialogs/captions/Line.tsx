import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { turnAt } from "../../../../captions";
import { Button } from "../../../../components/Button";
import { PersonName } from "../../../../components/Person";
import { locale, t, type Key, type Values } from "../../../../i18n";
import type { Kept } from "../../../../team/line";
import { LineEditor, Unsaved } from "../../../../team/LineEditor";
import { timeWithSeconds } from "../../../../time";
import type { WireCaption } from "../../../../wire.gen";
import { useDesk } from "../../desk";
import { earlier, fate } from "../../model/lines";
import { Retraction } from "./Retraction";

interface LineProps {
  readonly track: string;
  readonly line: Kept;
  readonly editing: boolean;
  readonly onEdit: (on: boolean) => void;
}

/** One line with who said it, what became of it, and what can be done about it. */
export function Line({ track, line, editing, onEdit }: LineProps) {
  const desk = useDesk();
  const [asking, setAsking] = useState(false);
  const correct = useRef<HTMLDivElement>(null);
  const left = useRef(false);
  const close = (): void => {
    left.current = true;
    setAsking(false);
    onEdit(false);
  };
  useLayoutEffect(() => {
    if (left.current && !editing && !asking) correct.current?.querySelector("button")?.focus();
    left.current = false;
  }, [editing, asking]);
  const off = !desk.mayCorrect.value;
  return (
    <li data-line={line.id}>
      <Said line={line} />
      {editing ? (
        <LineEditor
          desk={desk}
          track={track}
          line={line}
          mayCorrect={!off}
          empty={t("moderator.lines.empty")}
          onClose={close}
        />
      ) : (
        <p lang={line.language} dir="auto" class={line.status === "retracted" ? "text gone" : "text"}>
          {line.text || t("team.line.gone")}
        </p>
      )}
      {!editing && <Unsaved desk={desk} track={track} line={line} />}
      <Trail track={track} line={line} />
      {asking && <Retraction track={track} line={line} onClose={close} />}
      {!editing && !asking && (
        <div ref={correct} class="cues">
          <Button class="slim" disabled={off} label={t(...labelOf(line))} onPress={() => onEdit(true)}>
            {t(line.status === "retracted" ? "moderator.lines.restore" : "moderator.lines.correct")}
          </Button>
          {line.status !== "retracted" && (
            <Button
              kind="plain"
              class="slim"
              disabled={off}
              label={t("moderator.lines.retract_it", { text: short(line) })}
              onPress={() => setAsking(true)}
            >
              {t("moderator.lines.retract")}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

const labelOf = (line: Kept): [Key, Values] =>
  line.status === "retracted"
    ? ["moderator.lines.restore_it", {}]
    : ["moderator.lines.correct_it", { text: short(line) }];

const short = ({ text }: WireCaption): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** When, and under whom it stands. */
function Said({ line }: { line: Kept }) {
  const desk = useDesk();
  const { timezone, turns } = desk.view.value;
  const turn = turnAt(turns, line.spoken_at);
  return (
    <p class="small quiet">
      <time dir="ltr">{timeWithSeconds(line.spoken_at, timezone, locale())}</time>{" "}
      {turn ? <PersonName who={turn.who} /> : t("moderator.lines.between")}
    </p>
  );
}

/** Who changed it and when; what it said before, when asked. */
function Trail({ track, line }: { track: string; line: Kept }) {
  const desk = useDesk();
  const [before, setBefore] = useState<readonly WireCaption[] | "loading" | "unreachable" | null>(null);
  const what = fate(line);
  useEffect(() => setBefore(null), [line.revision]);
  if (what === "said") return null;
  const show = async (): Promise<void> => {
    if (before !== null) return setBefore(null);
    setBefore("loading");
    setBefore(await earlier(desk.pages, track, line).catch(() => "unreachable" as const));
  };
  return (
    <div class="trail small quiet">
      <p>
        <Changed line={line} />{" "}
        <button type="button" class="button plain slim" aria-expanded={before !== null} onClick={() => void show()}>
          {t("moderator.lines.original")}
        </button>
      </p>
      {before === "loading" && <p>{t("moderator.lines.loading")}</p>}
      {before === "unreachable" && <p>{t("moderator.lines.unreachable")}</p>}
      {Array.isArray(before) && (
        <ol>
          {(before as readonly WireCaption[]).map((one) => (
            <li key={one.revision}>
              <Changed line={one} />{" "}
              <q lang={one.language} dir="auto">
                {one.text}
              </q>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function Changed({ line }: { line: WireCaption }) {
  const desk = useDesk();
  const { clock } = desk.view.value;
  const at = clock.session + ((line.changed_at ?? clock.real) - clock.real) * clock.rate;
  const values = { name: line.by === null ? "" : desk.teamName(line.by), time: desk.writing.value.time(at) };
  return <>{t(`moderator.lines.${fate(line)}`, values)}</>;
}
