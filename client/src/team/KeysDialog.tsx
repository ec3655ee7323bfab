import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { LanguageSwitch } from "../components/LanguageSwitch";
import { t } from "../i18n";
import { chooseTheme, known, theme, type Theme } from "../theme";
import { chooseKeys, keysOn } from "./keys";

const THEMES: readonly Theme[] = ["auto", "light", "dark"];

interface KeysDialogProps {
  /** What is pressed, and what it does. */
  readonly keys: readonly (readonly [keys: readonly string[], does: string])[];
  readonly onClose: () => void;
}

/** The keys, and how the page looks and speaks. */
export function KeysDialog({ keys, onClose }: KeysDialogProps) {
  return (
    <Dialog title={t("team.keys.title")} onClose={onClose}>
      <p class="small quiet">{t("team.keys.hint")}</p>
      <label class="check">
        <input type="checkbox" checked={keysOn.value} onChange={(event) => chooseKeys(event.currentTarget.checked)} />
        {t("team.keys.use")}
      </label>
      <dl class="keys">
        {keys.map(([pressed, does]) => (
          <div key={does}>
            <dt>
              {pressed.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label class="labelled">
        <span>{t("team.keys.theme")}</span>
        <select
          class="field"
          value={theme.value}
          onChange={(event) => chooseTheme(known(event.currentTarget.value) ?? "auto")}
        >
          {THEMES.map((each) => (
            <option key={each} value={each}>
              {t(`theme.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <div class="actions">
        <LanguageSwitch />
        <Button onPress={onClose}>{t("team.keys.close")}</Button>
      </div>
    </Dialog>
  );
}
