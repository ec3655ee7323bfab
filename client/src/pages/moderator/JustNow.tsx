import { useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { t } from "../../i18n";
import type { Happening } from "../../wire.gen";
import { useDesk, words } from "./desk";
import { action, canUndo, happened, justNow } from "./model/just";
import { acts } from "./model/may";

const FEW = 4;
const MANY = 40;

export function JustNow() {
  const desk = useDesk();
  const view = desk.view.value;
  const [all, setAll] = useState(false);
  const { shown, undoShown } = justNow(view, all ? MANY : FEW);
  return (
    <section class="just" aria-labelledby="just-title">
      <div class="row">
        <h2 id="just-title">{t("moderator.just.title")}</h2>
        {view.undo && !undoShown && (
          <span class="push">
            <Undo what={words(action(view.undo.type, view.undo.who))} />
          </span>
        )}
      </div>
      {shown.length === 0 && <p class="small quiet">{t("moderator.just.none")}</p>}
      <ol class="log">
        {shown.map((line) => (
          <Line key={`${line.version} ${line.type} ${line.who}`} line={line} />
        ))}
      </ol>
      {view.happenings.length > FEW && (
        <Button kind="plain" class="small" onPress={() => setAll(!all)}>
          {t(all ? "moderator.just.fewer" : "moderator.just.all")}
        </Button>
      )}
    </section>
  );
}

function Line({ line }: { line: Happening }) {
  const desk = useDesk();
  const view = desk.view.value;
  return (
    <li>
      <time class="faint" dir="ltr">
        {desk.writing.value.time(line.at)}
      </time>
      <span class="what">
        {words(happened(view, line, desk.writing.value))}
        <span class="faint">
          {" "}
          · {line.by === null ? t("moderator.just.server") : t("moderator.just.by", { name: line.by })}
        </span>
      </span>
      {canUndo(view, line) && <Undo />}
    </li>
  );
}

/** Takes back the newest action of the floor or the list (T11). */
function Undo({ what }: { what?: string }) {
  const desk = useDesk();
  const { undo } = desk.view.value;
  if (!undo || !acts(desk.view.value)) return null;
  return (
    <Button
      kind="plain"
      hotkey="U"
      disabled={!desk.may.value.act}
      onPress={() => desk.ask({ type: "undo", version: undo.version }, "floor")}
    >
      {what === undefined ? t("moderator.act.undo") : t("moderator.act.undo_what", { what })}
    </Button>
  );
}
