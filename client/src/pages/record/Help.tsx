import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { LanguageSwitch } from "../../components/LanguageSwitch";
import { t } from "../../i18n";
import { chooseTheme, known, theme } from "../../theme";
import { chooseKeys, keysOn } from "../moderator/keyboard";
import { useDesk } from "./desk";
import { KEYS, type KeyAct } from "./model/keys";

const THEMES = ["auto", "light", "dark"] as const;

/** The keys, and how the page looks and speaks. */
export function Help() {
  const desk = useDesk();
  return (
    <Dialog title={t("record.keys.title")} onClose={desk.close}>
      <p class="small quiet">{t("record.keys.hint")}</p>
      <label class="row">
        <input type="checkbox" checked={keysOn.value} onChange={(event) => chooseKeys(event.currentTarget.checked)} />
        {t("record.keys.use")}
      </label>
      <dl class="keys">
        {(Object.keys(KEYS) as KeyAct[]).map((act) => (
          <Key key={act} keys={[KEYS[act]]} text={t(`record.keys.${act}`)} />
        ))}
        <Key keys={["Shift", "↑ ↓"]} text={t("record.keys.choose")} />
        <Key keys={["M"]} text={t("record.keys.mark")} />
        <Key keys={["↵"]} text={t("record.keys.quote")} />
        <Key keys={["E"]} text={t("record.keys.edit")} />
      </dl>
      <label class="labelled">
        <span>{t("record.keys.theme")}</span>
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
        <Button onPress={desk.close}>{t("record.close")}</Button>
      </div>
    </Dialog>
  );
}

function Key({ keys, text }: { keys: readonly string[]; text: string }) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{text}</dd>
    </div>
  );
}
