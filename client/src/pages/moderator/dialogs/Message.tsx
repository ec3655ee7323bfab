import { useState } from "preact/hooks";
import { Button } from "../../../components/Button";
import { Dialog } from "../../../components/Dialog";
import { t } from "../../../i18n";
import type { Cue } from "../../../wire.gen";
import { useDesk } from "../desk";
import { NoticeLine } from "../NoticeLine";
import { Sent } from "../Tell";

const CUES: readonly Cue[] = ["slower", "conclude", "microphone", "camera", "called"];
const LONGEST = 2_000;

/** A cue or a text to one person. */
export function Message({ person, name }: { person: string; name: string }) {
  const desk = useDesk();
  const [text, setText] = useState("");
  const off = !desk.may.value.act;
  const cue = async (chosen: Cue): Promise<void> => {
    if (await desk.ask({ type: "send_message", to: person, cue: chosen }, "dialog")) desk.close();
  };
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await desk.ask({ type: "send_message", to: person, text: text.trim() }, "dialog")) desk.close();
  };
  return (
    <Dialog title={t("moderator.message.title", { name })} onClose={desk.close}>
      <div class="cues">
        {CUES.map((each) => (
          <Button key={each} disabled={off} onPress={() => cue(each)}>
            {t(`moderator.tell.${each}`)}
          </Button>
        ))}
      </div>
      <form class="stack" onSubmit={(event) => void send(event)}>
        <label class="labelled">
          <span>{t("moderator.tell.text")}</span>
          <textarea
            class="field"
            rows={3}
            maxLength={LONGEST}
            dir="auto"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <span class="small quiet">{t("moderator.tell.hint")}</span>
        </label>
        <Sent person={person} />
        <NoticeLine zone="dialog" />
        <div class="actions">
          <Button onPress={desk.close}>{t("moderator.dialog.cancel")}</Button>
          <Button kind="primary" type="submit" disabled={off || text.trim() === ""}>
            {t("moderator.tell.send")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
