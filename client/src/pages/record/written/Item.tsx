import { useState } from "preact/hooks";
import { nameOfSegment } from "../../../agenda";
import { Button } from "../../../components/Button";
import { Chip } from "../../../components/Chip";
import { factsOf, Open, useKeptFocus } from "../../../components/Contribution";
import { WithdrawDialog } from "../../../components/WithdrawDialog";
import type { Problem } from "../../../contributions";
import { locale, t } from "../../../i18n";
import { dayOf } from "../../../time";
import { useDesk, type Desk } from "../desk";
import { canAsk, postOf } from "./handIn";
import type { Came } from "./model";

/** One that came: whose, what it belongs to, how much it is; read, saved or withdrawn here. */
export function Item({ came }: { came: Came }) {
  const desk = useDesk();
  const [asking, setAsking] = useState(false);
  const { item, goes } = useKeptFocus();
  const { one, mark } = came;
  const { contributions, handing } = postOf(desk);
  const name = one.name || t("alias.unknown");
  const withdraw = async (): Promise<Problem | null> => {
    const problem = await contributions.withdraw(one.id);
    if (problem !== null) return problem;
    handing.noted();
    goes();
    return null;
  };
  return (
    <li ref={item} class="contribution">
      <p class="who">
        <b>
          <bdi dir="auto">{name}</bdi>
        </b>{" "}
        <Kind came={came} />
        {mark && (
          <Chip tone="warn" shape="warning">
            {t(`written.${mark}`)}
          </Chip>
        )}
      </p>
      <p class="small quiet">
        <Belongs came={came} />
        {factsOf(one)} · {t("written.received", { time: whenOf(desk, one.at) })}
      </p>
      <div class="acts">
        <Open one={one} session={desk.session} contributions={contributions} whose={name} />
        <Button kind="plain" label={t("written.withdraw.of", { what: name })} onPress={() => setAsking(true)}>
          {t("written.withdraw")}
        </Button>
      </div>
      {asking && (
        <WithdrawDialog
          what={`${name} · ${factsOf(one)}`}
          canAsk={canAsk(desk)}
          withdraw={withdraw}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

const KINDS = { spoken: "delivered", to_come: "to_come", not_heard: "not_heard", none: "in_writing" } as const;

function Kind({ came: { when } }: { came: Came }) {
  return <Chip {...(when === "spoken" && { tone: "accent" as const })}>{t(`written.${KINDS[when]}`)}</Chip>;
}

/** Its topic and, if it was spoken, the way to the intervention. */
function Belongs({ came: { entry, spokenAt } }: { came: Came }) {
  const desk = useDesk();
  if (!entry) return null;
  const topic = t("written.by_topic", { topic: nameOfSegment(desk.view.value.segments, entry.segment) });
  if (spokenAt === null) return <>{topic} · </>;
  return (
    <>
      {topic},{" "}
      <a href="#record" onClick={() => desk.go(entry.id)}>
        {t("written.spoken_at", { time: desk.time(spokenAt) })}
      </a>{" "}
      ·{" "}
    </>
  );
}

/** "15:20", with the day where that is another than the session's. */
function whenOf(desk: Desk, at: number): string {
  const { timezone, starts_at } = desk.view.value;
  const day = dayOf(at, timezone, locale());
  return day === dayOf(starts_at, timezone, locale()) ? desk.time(at) : `${day}, ${desk.time(at)}`;
}
