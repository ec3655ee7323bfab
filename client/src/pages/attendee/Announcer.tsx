import { useEffect, useRef, useState } from "preact/hooks";
import type { WireCaption } from "../../wire.gen";
import { newsIn, NOTHING_TOLD } from "./model/announce";
import type { Reading } from "./reading";

/** What stays in the log: more would only be found again by those who walk through it. */
const KEPT = 10;

/** Reads finals out, from when the reader asks for it on: each once, none that is still being spoken. */
export function Announcer({ reading }: { reading: Reading }) {
  const track = reading.track.value?.track;
  const state = reading.state.value;
  const told = useRef(NOTHING_TOLD);
  const [log, setLog] = useState<readonly WireCaption[]>([]);
  useEffect(() => {
    told.current = NOTHING_TOLD;
    setLog([]);
  }, [track]);
  useEffect(() => {
    const heard = newsIn(state, told.current);
    told.current = heard.told;
    if (heard.news.length > 0) setLog((before) => [...before, ...heard.news].slice(-KEPT));
  }, [track, state.lines, state.position]);
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
