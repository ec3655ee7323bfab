import { useEffect, useRef } from "preact/hooks";
import type { TurnClock } from "../floor";

/** The bar that empties; its marks are the warnings. A picture of what the figures say, hence hidden from readers. */
export function Bar({ turn, warnings }: { turn: TurnClock; warnings: readonly number[] }) {
  const left = turn.left > 0 ? turn.left / turn.full : 0;
  return (
    <div class="bar" aria-hidden="true">
      <Part share={left} />
      {warnings
        .filter((warning) => warning < turn.full)
        .map((warning) => (
          <Notch key={warning} share={warning / turn.full} />
        ))}
    </div>
  );
}

function Part({ share }: { share: number }) {
  const ref = useRef<HTMLElement>(null);
  const percent = `${(share * 100).toFixed(1)}%`;
  useEffect(() => ref.current?.style.setProperty("inline-size", percent), [percent]);
  return <i ref={ref} />;
}

function Notch({ share }: { share: number }) {
  const ref = useRef<HTMLElement>(null);
  useEffect(() => ref.current?.style.setProperty("inset-inline-start", `${share * 100}%`), [share]);
  return <b ref={ref} />;
}
