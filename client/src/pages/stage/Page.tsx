import "../../styles/stage.css";
import { useComputed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Bar } from "../../components/Bar";
import { Chip } from "../../components/Chip";
import { Clock, PhaseWord, phaseWord } from "../../components/Clock";
import { LinkChip } from "../../components/LinkChip";
import { LiveRegion } from "../../components/LiveRegion";
import { PersonName, PersonPlace } from "../../components/Person";
import { RecordStatus } from "../../components/RecordStatus";
import { locale, t } from "../../i18n";
import type { PageProps } from "../../page";
import { townOf } from "../../people";
import { timeOfDay, zoneName } from "../../time";
import type { NextView, SharedView, View } from "../../wire.gen";
import { COUNTED, following, shown, type Shown } from "./model";

/** The clock for a screen in the room or, with `?transparent`, over a video picture. */
export default function Page({ view: views, connection }: PageProps<View>) {
  const view = views.value;
  const { clock } = connection;
  const time = useComputed(() => (views.value.floor ? clock.now.value : clock.second.value));
  const now = shown(view, time.value);
  const phase = now.kind === "turn" ? now.turn.phase : now.kind;
  useTransparency();
  return (
    <main class="stage" data-phase={phase}>
      <LiveRegion text={now.kind === "turn" ? phaseWord(now.turn) : ""} />
      <Body view={view} now={now} />
      <footer>
        <Following next={following(view, now)} />
        <p class="push">
          {view.rehearsal && <Chip tone="warn">{t("rehearsal")}</Chip>}
          <RecordStatus view={view} />
          {connection.link.value.state !== "live" && <LinkChip connection={connection} />}
          {t("stage.time", {
            time: timeOfDay(time.value, view.timezone, locale()),
            zone: zoneName(time.value, view.timezone, locale()),
          })}
        </p>
      </footer>
    </main>
  );
}

function Body({ view, now }: { view: SharedView; now: Shown }) {
  switch (now.kind) {
    case "turn":
      return <Turn view={view} now={now} />;
    case "idle":
      return <Idle now={now} />;
    case "before":
      return <Title title={view.title} text={begins(view, now.begins)} small={view.organisers.join(", ")} />;
    case "suspended":
      return <Title title={t("stage.suspended")} text={t("stage.suspended.what")} />;
    case "finished":
      return <Title title={t("stage.finished")} text={t("stage.finished.what")} small={view.title} />;
  }
}

function Turn({ view, now }: { view: SharedView; now: Extract<Shown, { kind: "turn" }> }) {
  const { floor, turn } = now;
  return (
    <>
      <header>
        <h1 class="who">
          <PersonName who={floor.who} />
        </h1>
        <p class="from">
          <PersonPlace who={floor.who} />
        </p>
      </header>
      <div class="dial">
        <Clock turn={turn} />
      </div>
      <div class="below">
        <PhaseWord turn={turn} />
        {turn.closesIn !== null && <p class="closes">{t("stage.closes", { n: Math.ceil(turn.closesIn / 1_000) })}</p>}
        {floor.pause_reason && <p class="closes">{t(`pause.${floor.pause_reason}`)}</p>}
      </div>
      <Bar turn={turn} warnings={view.modalities.warnings} />
    </>
  );
}

function Idle({ now }: { now: Extract<Shown, { kind: "idle" }> }) {
  const left = now.left > 0 ? t("stage.left", { n: now.left }) : t("stage.over");
  if (!now.next) return <Title title={t("stage.nobody")} text={left} />;
  return (
    <div class="title">
      <p class="phase">{t("stage.next.title")}</p>
      <h1>
        <PersonName who={now.next.who} />
      </h1>
      <p class="from">
        <PersonPlace who={now.next.who} />
      </p>
      <p class="small-line">{left}</p>
    </div>
  );
}

function Title({ title, text, small }: { title: string; text: string; small?: string }) {
  return (
    <div class="title">
      <h1 dir="auto">{title}</h1>
      <p class="from">{text}</p>
      {small && <p class="small-line">{small}</p>}
    </div>
  );
}

function Following({ next }: { next: NextView | null }) {
  if (!next) return null;
  const town = townOf(next.who);
  return (
    <p class="next">
      {t("stage.next.title")}:{" "}
      <b>
        <PersonName who={next.who} />
      </b>
      {town && <bdi>, {town}</bdi>}
    </p>
  );
}

function begins(view: SharedView, left: number): string {
  if (left <= 0) return t("stage.now");
  if (left <= COUNTED) return t("stage.soon", { n: left });
  return t("stage.before", { time: timeOfDay(view.starts_at, view.timezone, locale()) });
}

function useTransparency(): void {
  useEffect(() => {
    if (!new URLSearchParams(location.search).has("transparent")) return;
    document.documentElement.dataset["transparent"] = "";
  }, []);
}
