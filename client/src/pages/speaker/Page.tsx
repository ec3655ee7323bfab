import "../../styles/speaker.css";
import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Banner, LinkBanner } from "../../components/Banner";
import { Chip } from "../../components/Chip";
import { phaseWord } from "../../components/Clock";
import { LinkChip } from "../../components/LinkChip";
import { LiveRegion } from "../../components/LiveRegion";
import { Mark } from "../../components/Mark";
import { t } from "../../i18n";
import type { PageProps } from "../../page";
import { refusalText } from "../../refusal";
import { duration } from "../../time";
import type { Command, PersonalView, Refusal } from "../../wire.gen";
import { AfterPage, BlockedPage } from "./After";
import { give, patternFor, unlock } from "./alerts";
import { useAwake } from "./awake";
import type { Desk } from "./desk";
import { Messages } from "./Messages";
import { keepsAwake, momentOf, situation, type Moment, type Situation } from "./model";
import { NextPage } from "./Next";
import { PointOfOrder } from "./PointOfOrder";
import { RequestPage } from "./Request";
import { SpeakingPage } from "./Speaking";
import { StandingPage } from "./Standing";
import { OwnTexts } from "./Text";
import { useTexts } from "./texts";

/** A speaker's page becomes the state that they are in. */
export default function Page({ view: views, connection, token }: PageProps<PersonalView>) {
  const refused = useSignal("");
  const view = views.value;
  const clock = connection.clock;
  const time = useComputed(() => (views.value.own_turn ? clock.now.value : clock.second.value));
  const now = situation(view, time.value);
  const texts = useTexts(view, connection, token);
  useAwake(keepsAwake(now));
  useAlerts(momentOf(now));
  useEffect(unlock, []);
  useEffect(() => {
    refused.value = "";
  }, [now.kind]);
  useEffect(() => {
    if (refused.value === t("speaker.unsure")) refused.value = ""; // what is shown now is what took effect
  }, [view.version]);
  const told = announcement(now);
  useEffect(() => {
    document.title = told || view.title; // seen from the meeting's window, too
  }, [told, view.title]);
  const send = async (command: Command): Promise<boolean> => {
    const ack = await connection.command(command);
    refused.value = ack.ok
      ? ""
      : unsure(ack)
        ? t("speaker.unsure")
        : t("speaker.refused", { why: refusalText(ack.error) });
    return ack.ok;
  };
  const desk: Desk = { view, now: time.value, writable: connection.writable.value, send };
  const body = <Body desk={desk} now={now} />;
  return (
    <div class="speaker-page">
      <LinkBanner connection={connection} />
      {refused.value && !connection.engineAway.value && <Banner tone="stop">{refused.value}</Banner>}
      <LiveRegion text={told} />
      {now.kind === "speaking" ? (
        body
      ) : (
        <div class="speaker">
          <header>
            <Mark />
            <bdi dir="auto">{view.me.name}</bdi>
            {view.rehearsal && <Chip tone="warn">{t("rehearsal")}</Chip>}
            <span class="push">
              <LinkChip connection={connection} />
            </span>
          </header>
          <Messages desk={desk} />
          {body}
          <OwnTexts desk={desk} texts={texts} now={now} />
          <PointOfOrder desk={desk} now={now} />
        </div>
      )}
    </div>
  );
}

/** Without an answer of the engine's it may have been saved all the same. */
function unsure({ error }: Refusal): boolean {
  return error.code === "engine_away" || error.code === "busy";
}

function Body({ desk, now }: { desk: Desk; now: Situation }) {
  switch (now.kind) {
    case "speaking":
      return <SpeakingPage desk={desk} now={now} />;
    case "next":
    case "called":
    case "interrupted":
      return <NextPage desk={desk} now={now} />;
    case "soon":
    case "waiting":
    case "absent":
    case "scheduled":
    case "doors":
    case "late":
      return <StandingPage desk={desk} now={now} />;
    case "request":
      return <RequestPage desk={desk} />;
    case "blocked":
    case "not_open":
      return <BlockedPage desk={desk} kind={now.kind} />;
    case "heard":
    case "not_heard":
    case "withdrawn":
    case "finished":
      return <AfterPage desk={desk} now={now} />;
  }
}

/** What screen readers are told when it changes: the situation and the thresholds, never the figures that run. */
function announcement(now: Situation): string {
  if (now.kind === "soon") return t("speaker.soon", { n: now.before });
  if (now.kind === "next" || now.kind === "called" || now.kind === "interrupted") return t(`speaker.${now.kind}`);
  if (now.kind !== "speaking") return "";
  if (now.turn.phase === "running") return `${t("speaker.floor")}, ${duration(now.turn.full)}`;
  return phaseWord(now.turn);
}

function useAlerts(moment: Moment): void {
  const last = useRef<Moment>(moment);
  useEffect(() => {
    const pattern = patternFor(last.current, moment);
    last.current = moment;
    if (pattern) give(pattern);
  }, [moment]);
}
