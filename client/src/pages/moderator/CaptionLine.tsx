import { useEffect } from "preact/hooks";
import { latest } from "../../captions";
import { Button } from "../../components/Button";
import { language, t } from "../../i18n";
import { duration } from "../../time";
import type { TrackView } from "../../wire.gen";
import { useDesk } from "./desk";
import { newestKept } from "./model/lines";

/** From when on a line no longer stands as if it were live, in ms. */
const OLD = 20_000;

/** The newest caption of what is being said: as spoken, else in the page's language, else the first there is. */
export function CaptionLine() {
  const desk = useDesk();
  const { tracks, floor } = desk.view.value;
  const track = trackFor(tracks, language.value);
  useEffect(() => desk.follow("line", track?.track ?? null), [track?.track]);
  if (!track) return <p class="caption-line small quiet">{t("moderator.captions.none_track")}</p>;
  const state = desk.captions.track(track.track).value;
  const line = latest(state);
  const kept = newestKept(state);
  const since = desk.now - Math.max(line?.spoken_at ?? 0, floor?.began_at ?? 0);
  const mine = line !== null && floor !== null && line.spoken_at >= floor.began_at;
  const quiet = since > OLD && floor?.paused_at === null;
  return (
    <div class="caption-line" role="group" aria-label={t("moderator.captions.label")}>
      {mine && line ? (
        <p lang={line.language} dir="auto" class={line.status === "partial" ? "open" : undefined}>
          {line.text}
        </p>
      ) : (
        <p class="quiet">{t("moderator.captions.none")}</p>
      )}
      <div class="row small faint about-line">
        {mine && line?.origin === "machine" && <span>{t("moderator.captions.machine")}</span>}
        {mine && quiet && <span class="quiet">{t("moderator.captions.silent", { time: duration(since) })}</span>}
        {mine && kept && kept.spoken_at >= floor.began_at && (
          <Button
            kind="plain"
            class="slim push"
            hotkey="T"
            label={t("moderator.lines.correct_newest")}
            disabled={!desk.mayCorrect.value}
            onPress={() => desk.open({ kind: "captions", part: "lines", line: kept.id })}
          >
            {t("moderator.lines.correct")}
          </Button>
        )}
      </div>
    </div>
  );
}

export function trackFor(tracks: readonly TrackView[], wanted: string): TrackView | undefined {
  return tracks.find((x) => x.track === "floor") ?? tracks.find((x) => x.track.startsWith(wanted)) ?? tracks[0];
}
