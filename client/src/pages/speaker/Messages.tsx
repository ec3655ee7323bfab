import { Button } from "../../components/Button";
import { t } from "../../i18n";
import type { OwnMessage } from "../../wire.gen";
import type { Desk } from "./desk";

/** What the moderator tells, until it is acknowledged. */
export function Messages({ desk }: { desk: Desk }) {
  const { messages } = desk.view;
  if (!messages.length) return null;
  return (
    <ul class="messages" aria-label={t("speaker.messages")} aria-live="polite">
      {messages.map((message) => (
        <li key={message.id} class="card row">
          <p>{t("speaker.message", { text: textOf(message) })}</p>
          <Button
            class="push"
            disabled={!desk.writable}
            onPress={() => desk.send({ type: "acknowledge", message: message.id })}
          >
            {t("ok")}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function textOf({ cue, text }: OwnMessage): string {
  return text ?? (cue ? t(`cue.${cue}`) : "");
}
