import { Bar } from "../../components/Bar";
import { Button } from "../../components/Button";
import { Clock, PhaseWord } from "../../components/Clock";
import { RecordStatus } from "../../components/RecordStatus";
import { t } from "../../i18n";
import { duration } from "../../time";
import type { Situation } from "./model";
import type { Desk } from "./desk";
import { Messages } from "./Messages";

type Speaking = Extract<Situation, { kind: "speaking" }>;

/** The page is the clock: nothing else while one speaks. */
export function SpeakingPage({ desk, now }: { desk: Desk; now: Speaking }) {
  const { turn, floor } = now;
  return (
    <div class="speaker full" data-phase={turn.phase}>
      <header>
        <h1>{t("speaker.floor")}</h1>
        {floor.part > 1 && <span>{t("speaker.floor.part", { n: floor.part })}</span>}
        <RecordStatus view={desk.view} />
        <span class="push">{t("speaker.floor.of", { time: duration(turn.full) })}</span>
      </header>
      <main>
        <PhaseWord turn={turn} />
        <div class="dial">
          <Clock turn={turn} />
        </div>
        {turn.phase === "overtime" ? (
          <p class="closes">{closing(now)}</p>
        ) : (
          <Bar turn={turn} warnings={desk.view.modalities.warnings} />
        )}
        {floor.pause_reason && (
          <p class="reason">
            {t(`pause.${floor.pause_reason}`)} {t("speaker.paused.kept")}
          </p>
        )}
        <Messages desk={desk} />
      </main>
      <footer>
        <Button big disabled={!desk.writable} onPress={() => desk.send({ type: "yield_floor", turn: floor.turn })}>
          {t("speaker.finished")}
        </Button>
      </footer>
    </div>
  );
}

function closing({ turn }: Speaking): string {
  if (turn.closesIn === null) return t("speaker.asked");
  const seconds = Math.ceil(turn.closesIn / 1_000);
  return seconds > 0 ? t("speaker.closes", { n: seconds }) : t("speaker.closing");
}
