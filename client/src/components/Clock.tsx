import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n";
import { duration, figures } from "../time";
import type { TurnClock } from "../floor";
import { Shape, type ShapeName } from "./Shape";

const SHAPES: Readonly<Record<TurnClock["phase"], ShapeName>> = {
  running: "dot",
  warning: "quarter",
  final: "quarter",
  overtime: "square",
  paused: "pause",
};

/** The figures. Their size goes by the longest that the turn will show, so that 9:59 is no larger than 10:00. */
export function Clock({ turn }: { turn: TurnClock }) {
  const ref = useRef<HTMLParagraphElement>(null);
  const shown = figures(turn.left);
  const widest = turn.left > 0 ? Math.max(shown.length, duration(turn.full).length) : shown.length;
  useEffect(() => ref.current?.style.setProperty("--figures", String(widest)), [widest]);
  return (
    <p ref={ref} class="clock" role="timer" aria-live="off" dir="ltr">
      {shown}
    </p>
  );
}

/** The phase in a word and a shape. */
export function PhaseWord({ turn }: { turn: TurnClock }) {
  return (
    <p class="phase">
      <Shape name={SHAPES[turn.phase]} />
      <span>{phaseWord(turn)}</span>
    </p>
  );
}

export function phaseShape(turn: TurnClock): ShapeName {
  return SHAPES[turn.phase];
}

/** "Half a minute": what the phase is called. */
export function phaseWord(turn: TurnClock): string {
  if (turn.phase !== "warning") return t(`phase.${turn.phase}`);
  if (turn.reached === 60_000) return t("phase.minute");
  if (turn.reached === 30_000) return t("phase.half_minute");
  return t("phase.less_than", { time: duration(turn.reached ?? 0) });
}
