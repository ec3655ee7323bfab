import { Button } from "../../components/Button";
import { LanguageSwitch } from "../../components/LanguageSwitch";
import { t } from "../../i18n";
import { SOUND, VIBRATION, canVibrate, choose, sound, vibration } from "./alerts";

/** Sound and vibration, each on or off; turning one on gives it once. */
export function Signals() {
  return (
    <section class="signals">
      <h2>{t("speaker.signals")}</h2>
      <div class="row">
        <Toggle name={t("speaker.signals.sound")} on={sound.value} onChange={(on) => choose(SOUND, on)} />
        {canVibrate && (
          <Toggle name={t("speaker.signals.vibration")} on={vibration.value} onChange={(on) => choose(VIBRATION, on)} />
        )}
        <span class="push">
          <LanguageSwitch />
        </span>
      </div>
      <p class="small quiet">{t("speaker.keep_open")}</p>
    </section>
  );
}

function Toggle({ name, on, onChange }: { name: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <Button pressed={on} onPress={() => onChange(!on)}>
      {name} <span aria-hidden="true">{t(on ? "speaker.signals.on" : "speaker.signals.off")}</span>
    </Button>
  );
}
