import { Chip, type Tone } from "../../components/Chip";
import { Mark } from "../../components/Mark";
import type { ShapeName } from "../../components/Shape";
import { t } from "../../i18n";
import type { SessionState } from "../../wire.gen";
import { currentSegment } from "./model/agenda";
import type { SharedView } from "./model/shared";
import type { Made } from "./model/text";
import { machineText } from "./model/words";

const STATES: Readonly<Record<SessionState, { readonly tone?: Tone; readonly shape: ShapeName }>> = {
  scheduled: { shape: "ring" },
  open: { tone: "accent", shape: "ring" },
  live: { tone: "go", shape: "dot" },
  suspended: { tone: "warn", shape: "pause" },
  closed: { shape: "check" },
};

export function Header({ view, made }: { view: SharedView; made: ReadonlySet<Made> }) {
  const segment = currentSegment(view);
  const machine = machineText(made);
  return (
    <header>
      <Mark />
      <h1 dir="auto">{view.title}</h1>
      <div class="chips">
        <Chip {...STATES[view.state]}>{t(`state.${view.state}`)}</Chip>
        {view.rehearsal && <Chip tone="warn">{t("rehearsal")}</Chip>}
        {segment && !segment.recording && <Chip tone="accent">{t("attendee.not_recorded")}</Chip>}
        {segment?.chatham_house && <Chip tone="accent">{t("attendee.chatham_house")}</Chip>}
      </div>
      {machine && <p class="machine push quiet small">{machine}</p>}
    </header>
  );
}
