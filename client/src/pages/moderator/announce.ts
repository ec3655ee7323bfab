// What screen readers hear: who has the floor, thresholds of the clock, a lost connection. Never every second (T3).
import { useEffect, useRef } from "preact/hooks";
import { turnClock } from "../../floor";
import { t } from "../../i18n";
import { nameOf } from "../../people";
import type { Desk } from "./desk";
import { connectionLost } from "./model/floor";

export function useAnnouncements(desk: Desk): void {
  const view = desk.view.value;
  const { floor, modalities } = view;
  const clock = floor && turnClock(floor, modalities.warnings, desk.now);
  const name = floor ? nameOf(floor.who) : "";
  const over = clock !== null && clock.left <= 0;
  const reached = over ? 0 : (clock?.reached ?? null);
  const say = (text: string): void => {
    desk.said.value = text;
  };
  const before = useRef<string | null>(floor?.turn ?? null);
  const speaker = useRef(name);
  useEffect(() => {
    const turn = floor?.turn ?? null;
    if (turn === before.current) return;
    say(turn ? t("moderator.announce.floor", { name }) : t("moderator.announce.ended", { name: speaker.current }));
    before.current = turn;
    speaker.current = name;
  }, [floor?.turn]);
  useEffect(() => {
    if (reached === null || !floor) return;
    const time = desk.writing.value.duration(reached);
    say(over ? t("moderator.announce.zero", { name }) : t("moderator.announce.left", { name, time }));
  }, [reached]);
  const lost = connectionLost(view, desk.status);
  useEffect(() => {
    if (lost) say(t("moderator.announce.lost", { name }));
  }, [lost]);
}
