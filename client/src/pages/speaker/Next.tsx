import { Button } from "../../components/Button";
import { PersonName } from "../../components/Person";
import { Shape } from "../../components/Shape";
import { turnClock } from "../../floor";
import { rich, t } from "../../i18n";
import { duration, minutes } from "../../time";
import type { Command, OwnEntry, PersonalView } from "../../wire.gen";
import { Cannot } from "./Cannot";
import type { Desk } from "./desk";
import type { Situation } from "./model";

type Next = Extract<Situation, { kind: "next" | "called" | "interrupted" }>;

/** The next turn is one's own: the one question is whether one is ready. */
export function NextPage({ desk, now }: { desk: Desk; now: Next }) {
  const { entry } = now;
  const ask = (type: "ready" | "need_moment"): Promise<boolean> =>
    desk.send({ type, entry: entry.id } satisfies Command);
  const ready = entry.readiness === "ready" && now.kind !== "called";
  return (
    <>
      <main class="centred">
        <h1 class="huge">{t(`speaker.${now.kind}`)}</h1>
        {entry.kind !== "statement" && <p class="lead">{t(`kind.${entry.kind}`)}</p>}
        {now.kind === "called" ? <p class="quiet">{t("speaker.called.what")}</p> : <Meanwhile desk={desk} />}
        {now.kind !== "called" && <Hint entry={entry} interrupted={now.kind === "interrupted"} />}
      </main>
      <footer>
        {ready ? (
          <p class="said go">
            <Shape name="check" /> {t("speaker.ready.done")}
          </p>
        ) : (
          <Button kind="primary" big disabled={!desk.writable} onPress={() => ask("ready")}>
            {t(now.kind === "called" ? "speaker.called.answer" : "speaker.ready")}
          </Button>
        )}
        {entry.readiness !== "moment" && now.kind !== "called" && (
          <Button kind="plain" disabled={!desk.writable} onPress={() => ask("need_moment")}>
            {t("speaker.moment")}
          </Button>
        )}
        <Cannot desk={desk} entry={entry} plain />
      </footer>
    </>
  );
}

function Hint({ entry, interrupted }: { entry: OwnEntry; interrupted: boolean }) {
  const time = duration(entry.remaining ?? entry.allotted);
  if (entry.readiness === "ready") return <p class="card small">{t("speaker.ready.hint", { time })}</p>;
  if (entry.readiness === "moment") return <p class="card small">{t("speaker.moment.done")}</p>;
  return <p class="card small">{t(interrupted ? "speaker.interrupted.what" : "speaker.next.what", { time })}</p>;
}

/** Who speaks now and how long still. */
export function Meanwhile({ desk: { view, now } }: { desk: Desk }) {
  if (!view.floor) return <p class="quiet">{t("speaker.next.nobody")}</p>;
  return (
    <p class="quiet">
      {rich("speaker.next.speaking", { who: <PersonName who={view.floor.who} /> })}
      <br />
      {howLong(view, now)}
    </p>
  );
}

function howLong(view: PersonalView, now: number): string {
  if (!view.floor) return "";
  if (view.floor.pause_reason) return t(`pause.${view.floor.pause_reason}`);
  const { left } = turnClock(view.floor, view.modalities.warnings, now);
  return left > 0 ? t("speaker.next.left", { n: minutes(left) }) : t("speaker.next.concluding");
}
