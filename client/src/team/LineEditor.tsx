import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../components/Button";
import { Chip } from "../components/Chip";
import type { Drafts } from "../drafts";
import { t } from "../i18n";
import type { ErrorBody, WireCaption } from "../wire.gen";
import type { Amendments } from "./amend";
import { isChanged, isOvertaken, type Draft, type Kept } from "./line";

/** What the editor asks of the page that it is on. */
interface Desk {
  readonly amend: Amendments;
  readonly corrections: Drafts<Draft>;
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

const nameOf = (track: string, { id }: WireCaption): string => `${track} ${id}`;

/**
 * A line's text in place: Enter saves, Escape leaves it. What was changed meanwhile is shown before it is gone over. Who
 * goes elsewhere finds what they typed when they open it again.
 */
export function LineEditor({ desk, track, line, mayCorrect, empty, onClose }: EditorProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const mine = useRef<HTMLSpanElement>(null);
  const [opened] = useState(line);
  const name = nameOf(track, line);
  const draft = desk.corrections.get(name) ?? { base: opened, text: opened.text };
  const [problem, setProblem] = useState("");
  const overtaken = isOvertaken(draft, line);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(draft.text.length, draft.text.length);
  }, []);
  const close = (): void => {
    desk.corrections.put(name, null);
    onClose();
  };
  const save = async ({ base, text }: Draft): Promise<void> => {
    if (!mayCorrect) return;
    if (!isChanged({ base, text })) return text.trim() === "" ? undefined : close();
    const answer = await desk.amend.line(track, base, text.trim());
    if (answer.ok) return close();
    setProblem(answer.error.code === "stale" ? t("team.line.changed") : desk.sentence(answer.error));
  };
  const keys = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.isComposing || !(event.key === "Escape" || (event.key === "Enter" && !event.shiftKey))) return;
    event.preventDefault();
    if (event.key === "Escape") close();
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
        onInput={(event) => desk.corrections.put(name, { ...draft, text: event.currentTarget.value })}
        onKeyDown={keys}
      />
      <div role="status">
        {problem && !overtaken && <p class="bad">{problem}</p>}
        {overtaken && (
          <Overtaken
            line={line}
            by={line.by && desk.teamName(line.by)}
            onTake={() => desk.corrections.put(name, { base: line, text: line.text })}
          />
        )}
      </div>
      <div class="row">
        <span class="small quiet">{draft.text.trim() ? t("team.line.keys") : empty}</span>
        <Button class="push slim" onPress={close}>
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

/** That something was typed on a line, and not saved. */
export function Unsaved({ desk, track, line }: Pick<EditorProps, "desk" | "track" | "line">) {
  if (!desk.corrections.get(nameOf(track, line))) return null;
  return <Chip tone="warn">{t("team.line.unsaved")}</Chip>;
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
