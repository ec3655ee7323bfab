import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../../../components/Button";
import { t } from "../../../../i18n";
import { useDesk } from "../../desk";
import { isChanged, isOvertaken, type Draft, type Kept } from "../../model/lines";

interface EditorProps {
  readonly track: string;
  readonly line: Kept;
  readonly onClose: () => void;
}

/** A line's text in place: Enter saves, Escape leaves it. If it was changed meanwhile, what it says now is shown. */
export function LineEditor({ track, line, onClose }: EditorProps) {
  const desk = useDesk();
  const field = useRef<HTMLTextAreaElement>(null);
  const mine = useRef<HTMLSpanElement>(null);
  const [draft, setDraft] = useState<Draft>({ base: line, text: line.text });
  const [problem, setProblem] = useState("");
  const overtaken = isOvertaken(draft, line);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(line.text.length, line.text.length);
  }, []);
  const save = async ({ base, text }: Draft): Promise<void> => {
    if (!desk.mayCorrect.value) return;
    if (!isChanged({ base, text })) return text.trim() === "" ? undefined : onClose();
    const answer = await desk.amend.line(track, base, text.trim());
    if (answer.ok) return onClose();
    setProblem(answer.error.code === "stale" ? t("moderator.lines.changed") : desk.sentence(answer.error));
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.isComposing || !(event.key === "Escape" || (event.key === "Enter" && !event.shiftKey))) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") onClose();
    else if (overtaken) mine.current?.querySelector("button")?.focus();
    else void save(draft);
  };
  return (
    <div class="stack editor">
      <textarea
        ref={field}
        class="field"
        rows={Math.min(6, Math.max(2, Math.ceil(draft.text.length / 60)))}
        maxLength={10_000}
        lang={line.language}
        dir="auto"
        aria-label={t("moderator.lines.text")}
        value={draft.text}
        onInput={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
        onKeyDown={keys}
      />
      <div role="status">
        {problem && !overtaken && <p class="bad">{problem}</p>}
        {overtaken && <Overtaken line={line} take={() => setDraft({ base: line, text: line.text })} />}
      </div>
      <div class="row">
        <span class="small quiet">{t(draft.text.trim() ? "moderator.lines.keys" : "moderator.lines.empty")}</span>
        <Button class="push slim" onPress={onClose}>
          {t("moderator.dialog.cancel")}
        </Button>
        <span ref={mine}>
          <Button
            kind="primary"
            class="slim"
            disabled={!desk.mayCorrect.value || draft.text.trim() === ""}
            onPress={() => save(overtaken ? { ...draft, base: line } : draft)}
          >
            {t(overtaken ? "moderator.lines.save_mine" : "moderator.lines.save")}
          </Button>
        </span>
      </div>
    </div>
  );
}

/** Somebody was faster: what they wrote, and a way to go on from it. */
function Overtaken({ line, take }: { line: Kept; take: () => void }) {
  const desk = useDesk();
  return (
    <div class="overtaken">
      <p>
        {line.by ? t("moderator.lines.overtaken_by", { name: desk.teamName(line.by) }) : t("moderator.lines.overtaken")}{" "}
        {line.text ? (
          <q lang={line.language} dir="auto">
            {line.text}
          </q>
        ) : (
          t("moderator.lines.gone")
        )}
      </p>
      {line.text && (
        <Button class="slim" onPress={take}>
          {t("moderator.lines.take")}
        </Button>
      )}
    </div>
  );
}
