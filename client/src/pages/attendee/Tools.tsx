import { Button } from "../../components/Button";
import { t } from "../../i18n";
import { resized } from "./model/display";
import type { SharedView } from "./model/shared";
import { trackText } from "./model/words";
import type { Reading } from "./reading";

export interface ToolsProps {
  readonly view: SharedView;
  readonly reading: Reading;
  readonly onRead: (track: string) => void;
  readonly onDisplay: () => void;
  readonly onFind: () => void;
  readonly onSave: () => void;
}

/** What a reader does with the text, always at hand. */
export function Tools({ view, reading, onRead, onDisplay, onFind, onSave }: ToolsProps) {
  const display = reading.display.value;
  const size = (step: 1 | -1) => reading.show(resized(display, step));
  return (
    <div class="tools" role="group" aria-label={t("attendee.tools")}>
      <Languages view={view} reading={reading} onRead={onRead} />
      <Button label={t("attendee.smaller")} onPress={() => size(-1)}>
        A−
      </Button>
      <Button label={t("attendee.larger")} onPress={() => size(1)}>
        A+
      </Button>
      <Button onPress={onDisplay}>{t("attendee.display")}</Button>
      <span class="push more">
        <Further reading={reading} onFind={onFind} onSave={onSave} />
      </span>
    </div>
  );
}

/** What is done with the whole text. */
export function Further({ reading, onFind, onSave }: Pick<ToolsProps, "reading" | "onFind" | "onSave">) {
  return (
    <>
      <Button kind="plain" onPress={onFind}>
        {t("attendee.find")}
      </Button>
      {reading.track.value && (
        <Button kind="plain" onPress={onSave}>
          {t("attendee.save")}
        </Button>
      )}
    </>
  );
}

function Languages({ view, reading, onRead }: Pick<ToolsProps, "view" | "reading" | "onRead">) {
  const track = reading.track.value;
  if (!track) return null;
  return (
    <select
      class="button language"
      aria-label={t("attendee.language")}
      value={track.track}
      onChange={(event) => onRead(event.currentTarget.value)}
    >
      {view.tracks.map((one) => (
        <option key={one.track} value={one.track} lang={one.track === "floor" ? undefined : one.language}>
          {one.muted ? t("attendee.muted.option", { language: trackText(one) }) : trackText(one)}
        </option>
      ))}
    </select>
  );
}
