import { t } from "../../i18n";
import { languageName } from "../../people";
import type { TrackView } from "../../wire.gen";
import { useDesk } from "./desk";

/** "English, as spoken, by machine"; "Spanish, machine translation". */
export function trackTitle({ track, language, machine, is_translation: translated }: TrackView): string {
  const kind = translated ? (machine ? "translated_by_machine" : "translated") : machine ? "by_machine" : "spoken";
  return t(`record.track.${kind}`, { language: track === "floor" ? t("record.track.floor") : title(language) });
}

/** Which translation stands beside what is spoken. */
export function Beside() {
  const desk = useDesk();
  const { tracks } = desk.view.value;
  const others = tracks.filter(({ track }) => track !== desk.original.value?.track);
  if (others.length === 0) return null;
  return (
    <select
      class="field slim beside"
      aria-label={t("record.beside")}
      value={desk.beside.value?.track ?? ""}
      onChange={(event) => desk.putBeside(event.currentTarget.value)}
    >
      <option value="">{t("record.beside.none")}</option>
      {others.map(({ track, language }) => (
        <option key={track} value={track}>
          {title(language)}
        </option>
      ))}
    </select>
  );
}

function title(language: string): string {
  const name = languageName(language);
  return name.slice(0, 1).toLocaleUpperCase() + name.slice(1);
}
