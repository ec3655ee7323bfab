import { useState } from "preact/hooks";
import { Button } from "../../../../components/Button";
import { rich, t } from "../../../../i18n";
import { languageName } from "../../../../people";
import { useDesk } from "../../desk";
import { acts } from "../../model/may";
import { spokenChoices } from "../../model/spoken";

/** What is spoken now, as machine interpretation and the captions of the floor have to know it. */
export function SpokenLanguage() {
  const desk = useDesk();
  const view = desk.view.value;
  const { spoken_language: spoken } = view;
  const choices = spokenChoices(view);
  const [chosen, setChosen] = useState<string | null>(null);
  const wanted = chosen ?? spoken ?? choices[0] ?? "";
  const put = (event: Event): void => {
    event.preventDefault();
    void desk.ask({ type: "set_spoken_language", language: wanted }, "dialog").then(() => setChosen(null));
  };
  return (
    <section class="stack">
      <h3>
        {spoken === null
          ? t("moderator.spoken.unknown")
          : rich("moderator.spoken.now", { language: languageName(spoken) })}
      </h3>
      {acts(view) && choices.length > 0 && (
        <form class="limit" onSubmit={put}>
          <label class="labelled">
            <span>{t("moderator.spoken.choose")}</span>
            <select class="field" value={wanted} onChange={(event) => setChosen(event.currentTarget.value)}>
              {choices.map((tag) => (
                <option key={tag} value={tag}>
                  {languageName(tag)}
                </option>
              ))}
            </select>
          </label>
          <Button type="submit" disabled={wanted === spoken || !desk.may.value.act}>
            {t("moderator.controls.set")}
          </Button>
          <span class="small quiet">{t("moderator.spoken.hint")}</span>
        </form>
      )}
    </section>
  );
}
