// The captions in the team's hands: the feeds and what is spoken, or the lines and their corrections.
import "./captions.css";
import { useState } from "preact/hooks";
import { Button } from "../../../../components/Button";
import { Dialog } from "../../../../components/Dialog";
import { t } from "../../../../i18n";
import { useDesk } from "../../desk";
import { NoticeLine } from "../../NoticeLine";
import { FeedList } from "./FeedList";
import { Lines } from "./Lines";
import { SpokenLanguage } from "./SpokenLanguage";
import { WordlySession } from "./WordlySession";

const PARTS = ["feeds", "lines"] as const;

export function Captions({ part, line }: { part: (typeof PARTS)[number]; line: string | undefined }) {
  const desk = useDesk();
  const [shown, setShown] = useState(part);
  const open = desk.view.value.state !== "closed";
  return (
    <Dialog title={t("moderator.captions.title")} onClose={desk.close} class="wide">
      {open && (
        <div class="by-group parts" role="group" aria-label={t("moderator.captions.title")}>
          {PARTS.map((each) => (
            <button key={each} type="button" aria-pressed={each === shown} onClick={() => setShown(each)}>
              {t(`moderator.captions.${each}`)}
            </button>
          ))}
        </div>
      )}
      <NoticeLine zone="dialog" />
      {shown === "lines" ? (
        <Lines first={line} />
      ) : (
        <>
          <SpokenLanguage />
          <WordlySession />
          <FeedList />
        </>
      )}
      <div class="actions">
        <Button onPress={desk.close}>{t("moderator.dialog.close")}</Button>
      </div>
    </Dialog>
  );
}
