import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../components/Button";
import { t } from "../i18n";
import type { ErrorBody } from "../wire.gen";
import type { Amendments } from "./amend";
import { isChanged, isOvertaken, type Draft, type Kept } from "./line";

/** What the editor asks of the page that it is on. */
interface Desk {
  readonly amend: Amendments;
  readonly teamName: (person: string) => string;
  readonly sentence: (error: ErrorBody) => string;
}

interface EditorProps {
  readonly desk: Desk;
  readonly track: string;
  readonly line: Kept;
  readonly mayCorrect: boolean;
  /** What is told where no text is left. */
  readonly empty: string;
  readonly onClose: () => void;
}

/** A line's text in place: Enter saves, Escape leaves it. What was changed meanwhile is shown before it is gone over. */
export function LineEditor({ desk, track, line, mayCorrect, empty, onClose }: EditorProps) {
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
    if (!mayCorrect) return;
    if (!isChanged({ base, text })) return text.trim() === "" ? undefined : onClose();
    const answer = await desk.amend.line(track, base, text.trim());
    if (answer.ok) return onClose();
    setProblem(answer.error.code === "stale" ? t("team.line.changed") : desk.sentence(answer.error));
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
        aria-label={t("team.line.text")}
        value={draft.text}
        onInput={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
        onKeyDown={keys}
      />
      <div role="status">
        {problem && !overtaken && <p class="bad">{problem}</p>}
        {overtaken && (
          <Overtaken
            line={line}
            by={line.by && desk.teamName(line.by)}
            onTake={() => setDraft({ base: line, text: line.text })}
          />
        )}
      </div>
      <div class="row">
        <span class="small quiet">{draft.text.trim() ? t("team.line.keys") : empty}</span>
        <Button class="push slim" onPress={onClose}>
          {t("cancel")}
        </Button>
        <span ref={mine}>
          <Button
            kind="primary"
            class="slim"
            disabled={!mayCorrect || draft.text.trim() === ""}
            onPress={() => save(overtaken ? { ...draft, base: line } : draft)}
          >
            {t(overtaken ? "team.line.save_mine" : "team.line.save")}
          </Button>
        </span>
      </div>
    </div>
  );
}

/** Somebody was faster: what they wrote, and a way to go on from it. */
function Overtaken({ line, by, onTake }: { line: Kept; by: string | null; onTake: () => void }) {
  return (
    <div class="overtaken">
      <p>
        {by ? t("team.line.overtaken_by", { name: by }) : t("team.line.overtaken")}{" "}
        {line.text ? (
          <q lang={line.language} dir="auto">
            {line.text}
          </q>
        ) : (
          t("team.line.gone")
        )}
      </p>
      {line.text && (
        <Button class="slim" onPress={onTake}>
          {t("team.line.take")}
        </Button>
      )}
    </div>
  );
}
