import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { t } from "../../i18n";
import { isChanged, isOvertaken, type Draft, type Kept } from "../moderator/model/lines";
import { useDesk } from "./desk";

interface EditorProps {
  readonly track: string;
  readonly line: Kept;
  readonly onClose: () => void;
}

/** A line's text in place: Enter saves, Escape leaves it. What was changed meanwhile is shown before it is gone over. */
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
    if (desk.why.value !== null) return;
    if (!isChanged({ base, text })) return text.trim() === "" ? undefined : onClose();
    const answer = await desk.amend.line(track, base, text.trim());
    if (answer.ok) return onClose();
    setProblem(answer.error.code === "stale" ? t("record.line.changed") : desk.sentence(answer.error));
  };
  const keys = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.isComposing || !(event.key === "Escape" || (event.key === "Enter" && !event.shiftKey))) return;
    event.preventDefault();
    if (event.key === "Escape") onClose();
    else if (overtaken) mine.current?.querySelector("button")?.focus();
    else void save(draft);
  };
  return (
    <div class="stack editor">
      <textarea
        ref={field}
        class="field"
        rows={Math.min(6, Math.max(2, Math.ceil(draft.text.length / 50)))}
        maxLength={10_000}
        lang={line.language}
        dir="auto"
        aria-label={t("record.line.text")}
        value={draft.text}
        onInput={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
        onKeyDown={keys}
      />
      <div role="status">
        {problem && !overtaken && <p class="bad">{problem}</p>}
        {overtaken && (
          <div class="overtaken">
            <p>
              {line.by ? t("record.line.changed_by", { name: desk.teamName(line.by) }) : t("record.line.changed_to")}{" "}
              <q lang={line.language} dir="auto">
                {line.text}
              </q>
            </p>
            <Button class="slim" onPress={() => setDraft({ base: line, text: line.text })}>
              {t("record.line.take")}
            </Button>
          </div>
        )}
      </div>
      <div class="row">
        <span class="small quiet">{t(draft.text.trim() ? "record.line.keys" : "record.line.empty")}</span>
        <Button class="push slim" onPress={onClose}>
          {t("cancel")}
        </Button>
        <span ref={mine}>
          <Button
            kind="primary"
            class="slim"
            disabled={desk.why.value !== null || draft.text.trim() === ""}
            onPress={() => save(overtaken ? { ...draft, base: line } : draft)}
          >
            {t(overtaken ? "record.line.save_mine" : "record.line.save")}
          </Button>
        </span>
      </div>
    </div>
  );
}
