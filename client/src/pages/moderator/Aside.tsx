// Those beside the list: who asked too late (Q2), who was heard, who was not.
import type { ComponentChildren } from "preact";
import { Button } from "../../components/Button";
import { PersonName } from "../../components/Person";
import { t } from "../../i18n";
import { duration } from "../../time";
import type { SpokenTurn, TeamEntry } from "../../wire.gen";
import { useDesk } from "./desk";
import { Actions, Place, Standing } from "./Row";

export function Late() {
  const desk = useDesk();
  const { late, entries } = desk.view.value;
  const waiting = late.flatMap((id) => entries.find((e) => e.id === id) ?? []);
  if (waiting.length === 0) return null;
  return (
    <section class="aside" aria-labelledby="late-title">
      <h2 id="late-title">{t("moderator.late.title", { n: waiting.length })}</h2>
      <p class="small quiet">{t("moderator.late.hint")}</p>
      <ol class="rows">
        {waiting.map((entry) => (
          <LateRow key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function LateRow({ entry }: { entry: TeamEntry }) {
  const desk = useDesk();
  return (
    <li>
      <p class="whole">
        <b>
          <PersonName who={entry.who} />
        </b>{" "}
        <span class="small quiet">
          <Place entry={entry} /> · {t("moderator.late.asked", { time: desk.writing.value.time(entry.asked_at) })}
        </span>
      </p>
      {desk.may.value.act && (
        <Button class="slim" onPress={() => desk.ask({ type: "admit", entry: entry.id }, "list")}>
          {t("moderator.late.admit")}
        </Button>
      )}
      <Actions entry={entry} />
    </li>
  );
}

/** The turns so far, with what each has used: pauses are not speaking time (T5). */
export function Heard() {
  const desk = useDesk();
  const { turns, heard, spoken } = desk.view.value;
  return (
    <Folded title={t("moderator.heard.title", { n: heard })}>
      {turns.length === 0 && <p class="small quiet">{t("moderator.heard.none")}</p>}
      <ol class="rows">
        {[...turns].reverse().map((turn) => (
          <li key={turn.id}>
            <time class="small faint" dir="ltr">
              {desk.writing.value.time(turn.began_at)}
            </time>
            <p class="whole">
              <b>
                <PersonName who={turn.who} />
              </b>
              {turn.part > 1 && <span class="small quiet"> · {t("moderator.floor.part", { n: turn.part })}</span>}
            </p>
            <Used spoken={spoken.find((one) => one.turn === turn.id)} />
          </li>
        ))}
      </ol>
    </Folded>
  );
}

function Used({ spoken }: { spoken: SpokenTurn | undefined }) {
  if (!spoken) return <span class="small">{t("moderator.heard.running")}</span>;
  const over = Math.round(spoken.overtime / 1_000) > 0;
  return (
    <span class="small" dir="ltr">
      {over && <span class="faint">{t("moderator.heard.overtime", { time: duration(spoken.overtime) })}</span>}{" "}
      {duration(spoken.used)}
    </span>
  );
}

export function Others() {
  const desk = useDesk();
  const out = desk.view.value.entries.filter((e) => e.status === "not_heard" || e.status === "withdrawn");
  if (out.length === 0) return null;
  return (
    <Folded title={t("moderator.others.title", { n: out.length })}>
      <ol class="rows">
        {out.map((entry) => (
          <li key={entry.id}>
            <p class="whole">
              <b>
                <PersonName who={entry.who} />
              </b>{" "}
              <span class="small quiet">
                <Place entry={entry} />
              </span>
            </p>
            <Standing entry={entry} />
          </li>
        ))}
      </ol>
    </Folded>
  );
}

function Folded({ title, children }: { title: string; children: ComponentChildren }) {
  const desk = useDesk();
  return (
    <details class="aside" open={desk.view.value.state === "closed"}>
      <summary>
        <h2>{title}</h2>
      </summary>
      {children}
    </details>
  );
}
