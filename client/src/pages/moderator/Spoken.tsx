// The language that has to be switched, in time: who comes next, or has the floor, speaks another than the one set.
import { Button } from "../../components/Button";
import { LiveRegion } from "../../components/LiveRegion";
import { Shape } from "../../components/Shape";
import { rich, t, type Key } from "../../i18n";
import { languageName, nameOf } from "../../people";
import { PersonName } from "../../components/Person";
import { useDesk } from "./desk";
import { acts } from "./model/may";
import { languageNotice, type LanguageNotice } from "./model/spoken";

const SENTENCES: Readonly<Record<LanguageNotice["when"], Key>> = {
  next: "moderator.spoken.next",
  soon: "moderator.spoken.soon",
  now: "moderator.spoken.speaks",
};

export function SpokenNotice() {
  const desk = useDesk();
  const notice = languageNotice(desk.view.value, desk.now);
  const wordly = desk.status?.feeds.some((feed) => feed.pulled === "wordly") ?? false;
  const task = t(wordly ? "moderator.spoken.switch_wordly" : "moderator.spoken.switch");
  return (
    <>
      <LiveRegion text={notice ? `${told(notice)} ${task}` : ""} />
      {notice && (
        <div class={notice.when === "next" ? "spoken" : "spoken strong"}>
          <Shape name="warning" />
          <p>
            <b>
              {rich(SENTENCES[notice.when], {
                name: <PersonName key="name" who={notice.who} />,
                language: languageName(notice.language),
              })}
            </b>{" "}
            {task}
          </p>
          <Done language={notice.language} />
        </div>
      )}
    </>
  );
}

/** What is said to screen readers: once, though it is shown more strongly later. */
function told({ when, who, language }: LanguageNotice): string {
  const values = { name: nameOf(who), language: languageName(language) };
  return t(when === "now" ? "moderator.spoken.speaks" : "moderator.spoken.next", values);
}

function Done({ language }: { language: string }) {
  const desk = useDesk();
  if (!acts(desk.view.value)) return null;
  const name = languageName(language);
  return (
    <Button
      class="slim"
      hotkey="S"
      disabled={!desk.may.value.act}
      onPress={() =>
        desk.ask({ type: "set_spoken_language", language }, "list", t("moderator.spoken.set", { language: name }))
      }
    >
      {t("moderator.spoken.done", { language: name })}
    </Button>
  );
}
