// The newest lines of a track, newest first. While somebody is in the list it stands still: what comes is counted.
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../../../components/Button";
import { language, t } from "../../../../i18n";
import type { Kept } from "../../../../team/line";
import { trackFor } from "../../CaptionLine";
import { useDesk } from "../../desk";
import { trackName } from "../../feedName";
import { newestLines } from "../../model/lines";
import { Line } from "./Line";

export function Lines({ first }: { first: string | undefined }) {
  const desk = useDesk();
  const { tracks } = desk.view.value;
  const [wanted, setWanted] = useState(first);
  const [track, setTrack] = useState(trackFor(tracks, language.value)?.track ?? null);
  useEffect(() => {
    desk.follow("dialog", track);
    return () => desk.follow("dialog", null);
  }, [track]);
  if (track === null) return <p class="quiet">{t("moderator.captions.none_track")}</p>;
  return (
    <section class="stack">
      <label class="labelled of-track">
        <span>{t("moderator.lines.track")}</span>
        <select class="field" value={track} onChange={(event) => setTrack(event.currentTarget.value)}>
          {tracks.map((each) => (
            <option key={each.track} value={each.track}>
              {trackName(each.track)}
            </option>
          ))}
        </select>
      </label>
      <p class="small quiet">{t("moderator.lines.hint")}</p>
      <Newest key={track} track={track} first={wanted} onBegun={() => setWanted(undefined)} />
    </section>
  );
}

interface NewestProps {
  readonly track: string;
  /** The line to begin with, when it is there. */
  readonly first: string | undefined;
  readonly onBegun: () => void;
}

function Newest({ track, first, onBegun }: NewestProps) {
  const desk = useDesk();
  const newest = newestLines(desk.captions.track(track).value);
  const [still, setStill] = useState<readonly string[] | null>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const shown = still ? standing(desk.captions.track(track).value.kept, still) : newest;
  const more = still ? newest.filter((line) => !still.includes(line.id)).length : 0;
  const hold = (): void => setStill((held) => held ?? newest.map((line) => line.id));
  useEffect(() => {
    if (!first || !newest.some((line) => line.id === first)) return;
    hold();
    setEditing(first);
    onBegun();
  });
  const leave = (focus: EventTarget | null): void => {
    const inside = focus instanceof Node && list.current?.contains(focus);
    if (!inside && editing === null) setStill(null);
  };
  if (shown.length === 0) return <p class="quiet">{t("moderator.lines.none")}</p>;
  return (
    <>
      {more > 0 && (
        <Button class="slim" onPress={() => setStill(newest.map((line) => line.id))}>
          {t("moderator.lines.newer", { n: more })}
        </Button>
      )}
      <ol
        ref={list}
        class="lines"
        onFocusIn={hold}
        onFocusOut={(event) => leave(event.relatedTarget)}
        onPointerEnter={hold}
        onPointerLeave={() => leave(document.activeElement)}
        onKeyDown={(event) => walk(event, list.current)}
      >
        {shown.map((line) => (
          <Line
            key={line.id}
            track={track}
            line={line}
            editing={editing === line.id}
            onEdit={(on) => setEditing(on ? line.id : null)}
          />
        ))}
      </ol>
    </>
  );
}

/** Those that the list showed when it was entered, as they are now. */
function standing(kept: ReadonlyMap<string, unknown>, ids: readonly string[]): readonly Kept[] {
  return ids.flatMap((id) => (kept.get(id) as Kept | undefined) ?? []);
}

/** Up and down, Home and End go from line to line. */
function walk(event: KeyboardEvent, list: Element | null): void {
  if (!(event.target instanceof HTMLElement) || event.target.closest("textarea")) return;
  const all = [...(list?.querySelectorAll<HTMLElement>("[data-line]") ?? [])];
  const at = all.findIndex((row) => row.contains(event.target as Node));
  const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
  const row = all[steps[event.key] ?? -1];
  if (!row) return;
  row.querySelector<HTMLElement>("button, textarea")?.focus();
  event.preventDefault();
}
