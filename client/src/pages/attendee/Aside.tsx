import { Bar } from "../../components/Bar";
import { Clock, PhaseWord } from "../../components/Clock";
import { PersonName, PersonPlace } from "../../components/Person";
import type { Connection } from "../../connection";
import { turnClock, type TurnClock } from "../../floor";
import { locale, t } from "../../i18n";
import { differ, ownZone, timeOfDay } from "../../time";
import type { FloorView, NextView } from "../../wire.gen";
import { Write } from "./Below";
import { agendaOf, hoursOf, type AgendaItem } from "./model/agenda";
import type { SharedView } from "./model/shared";
import { hereText, hoursText } from "./model/words";

const SHOWN = 5;

/** Who speaks, who comes next, what is on today. */
export function Aside({ view, connection }: { view: SharedView; connection: Connection }) {
  const over = view.state === "closed";
  return (
    <>
      {!over && (
        <section class="stack">
          <h2>{t("attendee.floor")}</h2>
          {view.floor ? (
            <Floor floor={view.floor} warnings={view.modalities.warnings} connection={connection} />
          ) : (
            <p class="quiet">{t("attendee.floor.nobody")}</p>
          )}
        </section>
      )}
      {!over && view.next.length > 0 && <Next view={view} />}
      <Today view={view} />
    </>
  );
}

function Floor(props: { floor: FloorView; warnings: readonly number[]; connection: Connection }) {
  const { floor, warnings, connection } = props;
  const turn = turnClock(floor, warnings, connection.clock.now.value);
  return (
    <>
      <p class="who">
        <b>
          <PersonName who={floor.who} />
        </b>
        <span class="quiet">
          <PersonPlace who={floor.who} />
        </span>
      </p>
      <div class="time" data-phase={turn.phase}>
        <div class="row">
          <Clock turn={turn} />
          <PhaseWord turn={turn} />
        </div>
        <Bar turn={turn} warnings={warnings} />
        {floor.pause_reason && <p class="small quiet">{t(`pause.${floor.pause_reason}`)}</p>}
      </div>
    </>
  );
}

/** The same in one line, for narrow screens. */
export function FloorLine({ view, connection }: { view: SharedView; connection: Connection }) {
  if (!view.floor) return <p class="quiet">{t(view.state === "closed" ? "state.closed" : "attendee.floor.nobody")}</p>;
  const turn: TurnClock = turnClock(view.floor, view.modalities.warnings, connection.clock.now.value);
  return (
    <div class="time" data-phase={turn.phase}>
      <PersonName who={view.floor.who} />
      <Clock turn={turn} />
      <PhaseWord turn={turn} />
    </div>
  );
}

function Next({ view }: { view: SharedView }) {
  return (
    <section>
      <h2>{t("attendee.next")}</h2>
      <ol class="soon">
        {view.next.slice(0, SHOWN).map((next) => (
          <Waiting key={next.entry} next={next} zone={view.timezone} />
        ))}
      </ol>
    </section>
  );
}

function Waiting({ next, zone }: { next: NextView; zone: string }) {
  return (
    <li class="row">
      <p class="who">
        <b>
          <PersonName who={next.who} />
        </b>
        <span class="quiet small">
          <PersonPlace who={next.who} />
        </span>
      </p>
      {next.expected_at !== null && (
        <Expected at={next.expected_at} zone={zone} />
      )}
    </li>
  );
}

function Expected({ at, zone }: { at: number; zone: string }) {
  const own = ownZone();
  return (
    <p class="push small faint times">
      <span class="visually-hidden">{t("attendee.expected")} </span>
      <span>{timeOfDay(at, zone, locale())}</span>
      {differ(at, zone, own) && <span>{t("attendee.own_time", { time: hereText(at, zone, own) })}</span>}
    </p>
  );
}

function Today({ view }: { view: SharedView }) {
  return (
    <section>
      <h2>{t("attendee.today")}</h2>
      <ol class="soon small">
        {agendaOf(view).map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ol>
      <p class="hours small quiet">
        {hoursText(hoursOf(view, ownZone())).map((line) => (
          <span key={line}>{line}</span>
        ))}
      </p>
      {view.state !== "closed" && <Write view={view} />}
    </section>
  );
}

function Item({ item }: { item: AgendaItem }) {
  if (item.state === "now")
    return (
      <li aria-current="step">
        <b dir="auto">{item.name}</b>
      </li>
    );
  return (
    <li class={item.state === "past" ? "faint" : undefined}>
      <span dir="auto">{item.name}</span>
      {item.state === "past" && (
        <>
          {" "}
          <span aria-hidden="true">✓</span>
          <span class="visually-hidden">{t("attendee.past")}</span>
        </>
      )}
    </li>
  );
}
