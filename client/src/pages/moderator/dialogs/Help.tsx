import { Button } from "../../../components/Button";
import { Dialog } from "../../../components/Dialog";
import { language, LANGUAGES, speak, t } from "../../../i18n";
import { chooseTheme, theme, type Theme } from "../../../theme";
import { useDesk } from "../desk";
import { chooseKeys, keysOn } from "../keyboard";
import { KEYS, type KeyAct } from "../model/keys";

const THEMES: readonly Theme[] = ["auto", "light", "dark"];

/** The keys, and how the page looks and speaks. */
export function Help() {
  const desk = useDesk();
  const acts = Object.keys(KEYS) as KeyAct[];
  return (
    <Dialog title={t("moderator.help.title")} onClose={desk.close}>
      <p class="small quiet">{t("moderator.help.hint")}</p>
      <label class="check">
        <input type="checkbox" checked={keysOn.value} onChange={(event) => chooseKeys(event.currentTarget.checked)} />
        {t("moderator.help.use")}
      </label>
      <dl class="keys">
        {acts.map((act) => (
          <Key key={act} keys={[KEYS[act]]} text={t(`moderator.help.${act}`)} />
        ))}
        <Key keys={["↑", "↓"]} text={t("moderator.help.rows")} />
        <Key keys={["Alt", "↑ ↓"]} text={t("moderator.help.move")} />
      </dl>
      <div class="pair">
        <label class="labelled">
          <span>{t("moderator.help.theme")}</span>
          <select
            class="field"
            value={theme.value}
            onChange={(event) => chooseTheme(THEMES.find((x) => x === event.currentTarget.value) ?? "auto")}
          >
            {THEMES.map((each) => (
              <option key={each} value={each}>
                {t(`theme.${each}`)}
              </option>
            ))}
          </select>
        </label>
        <label class="labelled">
          <span>{t("moderator.help.language")}</span>
          <select class="field" value={language.value} onChange={(event) => void choose(event.currentTarget.value)}>
            {LANGUAGES.map((each) => (
              <option key={each} value={each} lang={each}>
                {ownName(each)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div class="actions">
        <Button onPress={desk.close}>{t("moderator.dialog.close")}</Button>
      </div>
    </Dialog>
  );
}

async function choose(wanted: string): Promise<void> {
  const found = LANGUAGES.find((each) => each === wanted);
  if (!found) return;
  localStorage.setItem("isegoria.language", found);
  await speak(found, ["common", "moderator"]);
  document.documentElement.lang = found;
}

/** A language's name in itself. */
const ownName = (tag: string): string => new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? tag;

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
