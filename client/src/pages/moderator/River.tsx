import { Shape } from "../../components/Shape";
import { t } from "../../i18n";
import { useDesk, type Desk } from "./desk";
import { river, type River, type Stretch } from "./model/river";

/** The session's window to scale. The drawing is for the eye; its text says the same. */
export function RiverLine() {
  const desk = useDesk();
  const drawn = river(desk.view.value, desk.now);
  return (
    <section class="river" aria-label={t("moderator.river.label")}>
      <RiverText river={drawn} />
      <div class="track" aria-hidden="true">
        {drawn.stretches.map((stretch) => (
          <Part key={stretch.id} stretch={stretch} />
        ))}
        {drawn.overflow && <span class="over" style={span(drawn.overflow)} />}
        <Pulses river={drawn} />
        {drawn.now !== null && <span class="nowline" style={{ insetInlineStart: `${drawn.now}%` }} />}
      </div>
      <Labels river={drawn} />
    </section>
  );
}

const span = ({ at, size }: { at: number; size: number }) => ({ insetInlineStart: `${at}%`, inlineSize: `${size}%` });

function Part({ stretch }: { stretch: Stretch }) {
  return (
    <span class={`seg ${stretch.flow}`} style={span(stretch)} title={stretch.title}>
      {stretch.flow === "live" && <i style={{ inlineSize: `${stretch.used}%` }} />}
      <bdi dir="auto">{stretch.title}</bdi>
    </span>
  );
}

/** A beat for each turn: those that were, the one that runs, those expected. */
function Pulses({ river: { pulses } }: { river: River }) {
  return (
    <span class="pulses">
      {pulses.map((pulse) => (
        <i key={pulse.id} class={pulse.over ? "beyond" : pulse.flow} style={span(pulse)} />
      ))}
    </span>
  );
}

function Labels({ river: drawn }: { river: River }) {
  const desk = useDesk();
  const { time } = desk.writing.value;
  const over = drawn.overflow !== null;
  return (
    <div class="labels small quiet" aria-hidden="true">
      <span>{time(drawn.begins)}</span>
      <span class="middle">
        <Middle river={drawn} />
      </span>
      <span class="end">
        {time(drawn.ends)}
        {over && (
          <b class="late">
            <Shape name="up" /> {t("moderator.river.expected", { time: time(drawn.expected) })}
          </b>
        )}
      </span>
    </div>
  );
}

const HOUR = 60;

function Middle({ river: drawn }: { river: River }) {
  const desk = useDesk();
  const { waiting, heard, late } = desk.view.value;
  const told = [t("moderator.river.waiting", { n: waiting }), t("moderator.river.heard", { n: heard })];
  if (late.length > 0) told.push(t("moderator.river.late", { n: late.length }));
  return (
    <>
      <b>{lead(desk, drawn)}</b> · {told.join(" · ")}
    </>
  );
}

/** How much time is left; before the session how long it is to its start, and afterwards when it was closed. */
function lead(desk: Desk, { minutesLeft: left, expected }: River): string {
  const { state, starts_at } = desk.view.value;
  const { time } = desk.writing.value;
  if (state === "closed") return t("moderator.river.closed_at", { time: time(expected) });
  if (left !== null) return t(left >= 0 ? "moderator.river.left" : "moderator.river.past", { n: Math.abs(left) });
  const wait = Math.ceil((starts_at - desk.now) / 60_000);
  if (wait > HOUR) return t("moderator.river.begins_at", { time: time(starts_at) });
  return t(wait > 0 ? "moderator.river.starts_in" : "moderator.river.overdue", { n: Math.abs(wait) });
}

function RiverText({ river: drawn }: { river: River }) {
  const desk = useDesk();
  const { time } = desk.writing.value;
  const { state } = desk.view.value;
  const key =
    state === "closed"
      ? "moderator.river.text_closed"
      : drawn.minutesLeft === null
        ? "moderator.river.text_before"
        : "moderator.river.text";
  const times = {
    begins: time(drawn.begins),
    ends: time(drawn.ends),
    now: time(desk.now),
    expected: time(drawn.expected),
  };
  return (
    <div class="visually-hidden">
      <p>{t(key, times)}</p>
      <p>
        <Middle river={drawn} />
      </p>
      <ul>
        {drawn.stretches.map((s) => (
          <li key={s.id}>
            {t(`moderator.river.${s.flow}`, { title: s.title, begins: time(s.begins), ends: time(s.ends) })}
          </li>
        ))}
      </ul>
    </div>
  );
}
