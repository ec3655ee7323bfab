// What can be done with a row, wherever it stands: as the items of its menu, by keys, by dropping it.
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { nameOf } from "../../people";
import type { Command, TeamEntry } from "../../wire.gen";
import type { Desk } from "./desk";
import type { MenuItem } from "./Menu";
import { giveFloor, moveBy, ofEntry } from "./model/asks";
import { rowActs, type RowAct } from "./model/list";

export function menuItems(desk: Desk, entry: TeamEntry): MenuItem[] {
  return rowActs(desk.view.value, entry, desk.may.value, desk.now).map((act) => ({
    key: act,
    text: t(`moderator.row.${act}`),
    ...(act === "withdraw" ? { tone: "stop" as const } : {}),
    act: () => perform(desk, entry, act),
  }));
}

function perform(desk: Desk, entry: TeamEntry, act: RowAct): unknown {
  const who = nameOf(entry.who);
  switch (act) {
    case "up":
      return move(desk, entry.id, moveBy(desk.view.value, entry.id, -1));
    case "down":
      return move(desk, entry.id, moveBy(desk.view.value, entry.id, 1));
    case "give":
      return desk.ask(giveFloor(desk.view.value, entry.id), "list");
    case "place":
    case "substitute":
    case "withdraw":
      return desk.open({ kind: act, entry: entry.id });
    case "message":
      return desk.open({ kind: "message", person: entry.person, name: who });
    case "call":
      return desk.ask(ofEntry("call_speaker", entry), "list", t("moderator.just.speaker_called", { who }));
    case "absent":
      return desk.ask(ofEntry("mark_absent", entry), "list", t("moderator.just.speaker_absent", { who }));
    case "defer":
      return desk.ask(ofEntry("defer", entry), "list", t("moderator.just.request_deferred", { who }));
    case "admit":
      return desk.ask({ type: "admit", entry: entry.id }, "list", t("moderator.just.request_admitted", { who }));
    case "allow_30":
      return allow(desk, entry, entry.allowance + 30_000);
    case "allow_60":
      return allow(desk, entry, entry.allowance + 60_000);
    case "allow_none":
      return allow(desk, entry, 0);
  }
}

function allow(desk: Desk, entry: TeamEntry, allowance: number): Promise<boolean> {
  const values = { who: nameOf(entry.who), time: desk.writing.value.duration(allowance) };
  const command = { type: "set_allowance", person: entry.person, allowance } as const;
  return desk.ask(command, "list", t("moderator.just.allowance_set", values));
}

/** Moves a row, keeps the focus on it, and says where it stands now. */
export function move(desk: Desk, id: string, command: Command | null): Promise<boolean> {
  if (command?.type !== "reorder") return Promise.resolve(false);
  const { order, entries } = desk.view.value;
  const name = (entry: string | null): string => {
    const found = entries.find((e) => e.id === entry);
    return found ? nameOf(found.who) : "";
  };
  const others = order.filter((entry) => entry !== id);
  const before = command.before ?? null;
  const n = before === null ? order.length : others.indexOf(before) + 1;
  const values = { name: name(id), n, other: name(before) };
  desk.held.value = id;
  const done = before === null ? t("moderator.list.moved_last", values) : t("moderator.list.moved_before", values);
  return desk.ask(command, "list", done);
}

/** Alt with an arrow moves the row, an arrow alone goes to the next row's button. */
export function rowKeys(desk: Desk, entry: TeamEntry, event: KeyboardEvent): void {
  const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : null;
  if (step === null) return;
  event.preventDefault();
  if (event.altKey) {
    void move(desk, entry.id, moveBy(desk.view.value, entry.id, step));
    return;
  }
  const all = [...document.querySelectorAll<HTMLElement>("[id^='acts-']")];
  all[all.findIndex((button) => button.id === `acts-${entry.id}`) + step]?.focus();
}

const MOTION = 150;

/** Rows that changed place slide there; none do for who asked for less motion. */
export function useMotion(desk: Desk): void {
  const stood = useRef(new Map<string, number>());
  const { order } = desk.view.value;
  useLayoutEffect(() => {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const stand = new Map<string, number>();
    for (const row of document.querySelectorAll<HTMLElement>("[data-row]")) {
      const id = row.dataset["row"] ?? "";
      stand.set(id, row.offsetTop);
      const by = (stood.current.get(id) ?? row.offsetTop) - row.offsetTop;
      if (by !== 0 && !still)
        row.animate({ transform: [`translateY(${by}px)`, "none"] }, { duration: MOTION, easing: "ease-out" });
    }
    stood.current = stand;
  }, [order]);
}

/** After a move the focus is on the row again, wherever the list has drawn it. */
export function useHeld(desk: Desk): void {
  const held = desk.held.value;
  const { order_rev: moved } = desk.view.value;
  useLayoutEffect(() => {
    if (held === null) return;
    const button = document.getElementById(`acts-${held}`);
    const focused = document.activeElement;
    if (button && (focused === document.body || focused?.id.startsWith("acts-"))) button.focus();
  }, [held, moved]);
}
