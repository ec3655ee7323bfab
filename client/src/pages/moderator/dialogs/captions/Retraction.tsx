import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../../../components/Button";
import { t } from "../../../../i18n";
import type { Kept } from "../../../../team/line";
import { useDesk } from "../../desk";

/** Asks once. What was changed while it was asked is not retracted unseen. */
export function Retraction({ track, line, onClose }: { track: string; line: Kept; onClose: () => void }) {
  const desk = useDesk();
  const [seen, setSeen] = useState(line);
  const [problem, setProblem] = useState("");
  const group = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => group.current?.querySelector<HTMLElement>("[data-keep] button")?.focus(), []);
  const retract = async (): Promise<void> => {
    const answer = await desk.amend.line(track, seen, "");
    if (answer.ok) return onClose();
    setProblem(answer.error.code === "stale" ? t("team.line.changed") : desk.sentence(answer.error));
    setSeen(line);
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  };
  return (
    <div ref={group} class="retraction" role="group" aria-label={t("moderator.lines.retract")} onKeyDown={keys}>
      <p>{t("moderator.lines.retract_ask")}</p>
      <p role="status" class="bad">
        {problem}
      </p>
      <div class="cues">
        <Button class="slim" kind="stop" disabled={!desk.mayCorrect.value} onPress={retract}>
          {t("moderator.lines.retract")}
        </Button>
        <span data-keep>
          <Button class="slim" onPress={onClose}>
            {t("moderator.lines.keep")}
          </Button>
        </span>
      </div>
    </div>
  );
}
