import { useEffect, useRef, useState } from "preact/hooks";
import type { WireCaption } from "../../wire.gen";
import type { Reading } from "./reading";

/** What stays in the log: more would only be found again by those who walk through it. */
const KEPT = 10;

/** Reads finals out, from when the reader asks for it on: each once, none that is still being spoken. */
export function Announcer({ reading }: { reading: Reading }) {
  const track = reading.track.value?.track;
  const { lines } = reading.state.value;
  const told = useRef(new Set<string>());
  const [log, setLog] = useState<readonly WireCaption[]>([]);
  useEffect(() => {
    told.current = new Set(reading.state.peek().lines.map(({ id }) => id));
    setLog([]);
  }, [track]);
  useEffect(() => {
    const last = log.at(-1)?.spoken_at ?? 0;
    const isNews = ({ id, status, spoken_at }: WireCaption) =>
      status === "final" && spoken_at >= last && !told.current.has(id);
    const fresh = lines.filter(isNews);
    for (const { id } of lines) told.current.add(id);
    if (fresh.length > 0) setLog([...log, ...fresh].slice(-KEPT));
  }, [lines]);
  return (
    <div class="visually-hidden" role="log" aria-live="polite" aria-atomic="false">
      {log.map(({ id, language, text }) => (
        <p key={id} lang={language}>
          {text}
        </p>
      ))}
    </div>
  );
}
