import { Button } from "../../components/Button";
import { Shape } from "../../components/Shape";
import { t } from "../../i18n";
import { nameOf } from "../../people";
import type { Cue } from "../../wire.gen";
import { useDesk } from "./desk";

const CUES: readonly Cue[] = ["slower", "conclude", "microphone", "camera"];
const SHOWN = 2;

/** Cues and texts to who has the floor, and whether they were acknowledged. */
export function Tell() {
  const desk = useDesk();
  const { floor, team_turn: turn } = desk.view.value;
  if (!floor || !turn) return null;
  const off = !desk.may.value.act;
  const name = nameOf(floor.who);
  return (
    <div class="tell">
      <h2>{t("moderator.tell.title")}</h2>
      <div class="cues">
        {CUES.map((cue) => (
          <Button
            key={cue}
            kind="plain"
            class="slim"
            disabled={off}
            onPress={() => desk.ask({ type: "send_message", to: turn.person, cue }, "floor")}
          >
            {t(`moderator.tell.${cue}`)}
          </Button>
        ))}
        <Button
          kind="plain"
          class="slim"
          disabled={off}
          onPress={() => desk.open({ kind: "message", person: turn.person, name })}
        >
          {t("moderator.tell.write")}
        </Button>
      </div>
      <Sent person={turn.person} />
    </div>
  );
}

/** The newest messages to a person. */
export function Sent({ person }: { person: string }) {
  const desk = useDesk();
  const { messages } = desk.view.value;
  const sent = messages
    .filter((m) => m.to === person)
    .sort((a, b) => b.at - a.at)
    .slice(0, SHOWN);
  if (sent.length === 0) return null;
  return (
    <ul class="sent small">
      {sent.map((m) => {
        const text = m.cue ? t(`moderator.tell.${m.cue}`) : (m.text ?? "");
        return (
          <li key={m.id} class={m.acknowledged ? "read" : "quiet"}>
            {t("moderator.tell.sent", { text, time: desk.writing.value.time(m.at) })}
            <span>
              <Shape name={m.acknowledged ? "check" : "ring"} />{" "}
              {t(m.acknowledged ? "moderator.tell.read" : "moderator.tell.unread")}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
