// F2: what the forecast says, in sentences, and what each option would do before anything is applied.
import type { BalanceItem, Command, ForecastOption, SuggestionItem, TeamEntry, TeamView } from "../../../wire.gen";
import { extendSession } from "./asks";
import type { Say, Writing } from "./say";
import { say } from "./say";

const MINUTE = 60_000;
/** Below this much the plan counts as fitting: the forecast is no finer. */
const CLOSE = 30_000;
const CHOICE_FROM = 5 * MINUTE;

export interface Headline {
  readonly tone: "stop" | "plain";
  readonly lead: Say;
  readonly rest: Say | null;
}

export function headline(view: TeamView): Headline {
  const { surplus, waiting } = view.forecast;
  const n = Math.max(1, Math.round(Math.abs(surplus) / MINUTE));
  if (waiting === 0) return { tone: "plain", lead: say("moderator.advice.nobody"), rest: null };
  if (surplus > CLOSE)
    return {
      tone: "stop",
      lead: say("moderator.advice.too_many", { n }),
      rest: say("moderator.advice.for_waiting", { n: waiting }),
    };
  if (surplus < -CLOSE)
    return {
      tone: "plain",
      lead: say("moderator.advice.to_spare", { n }),
      rest: say("moderator.advice.after_waiting", { n: waiting }),
    };
  return {
    tone: "plain",
    lead: say("moderator.advice.fits"),
    rest: say("moderator.advice.for_waiting", { n: waiting }),
  };
}

export function optionTitle(option: ForecastOption, w: Writing): Say {
  switch (option.code) {
    case "leave":
      return say("moderator.option.leave");
    case "limit":
      return say("moderator.option.limit", { time: w.duration(option.limit ?? 0) });
    case "close_list":
      return say("moderator.option.close_list");
    case "extend":
      return say("moderator.option.extend", { n: option.minutes ?? 0 });
  }
}

/** "ends 16:58, all heard": the end, how many will be heard, how many are invited to write. */
export function outcome(option: ForecastOption, w: Writing): Say[] {
  const told = [say("moderator.option.ends", { time: w.time(option.ends_at) })];
  if (option.to_write === 0) return [...told, say("moderator.option.all_heard")];
  return [
    ...told,
    say("moderator.option.heard", { n: option.heard }),
    say("moderator.option.to_write", { n: option.to_write }),
  ];
}

/** What applying it does, beyond its outcome. */
export function consequence(option: ForecastOption, w: Writing): Say {
  switch (option.code) {
    case "leave":
      return say("moderator.option.leave.does");
    case "limit":
      return say("moderator.option.limit.does", { time: w.duration(option.limit ?? 0) });
    case "close_list":
      return say("moderator.option.close_list.does");
    case "extend":
      return say("moderator.option.extend.does", { n: option.minutes ?? 0 });
  }
}

export function optionCommand(view: TeamView, option: ForecastOption): Command | null {
  switch (option.code) {
    case "leave":
      return null;
    case "limit":
      return option.limit == null ? null : { type: "change_limit", limit: option.limit };
    case "close_list":
      return view.list_open ? { type: "close_list" } : null;
    case "extend":
      return option.minutes == null ? null : extendSession(view, option.minutes);
  }
}

/** T10: from five minutes before the end a person chooses; nothing ends by itself. Ms to the end, negative after it. */
export function endChoice(view: TeamView, now: number): number | null {
  if (view.state !== "live" && view.state !== "suspended") return null;
  const left = view.ends_at - now;
  return left <= CHOICE_FROM ? left : null;
}

/** Those who would be not heard if the session closed now: whoever waits and has not spoken a part already (T10). */
export function unheard(view: TeamView): TeamEntry[] {
  const waits = new Set([...view.order, ...view.late]);
  return view.entries.filter((e) => waits.has(e.id) && e.status !== "interrupted");
}

export interface Bar {
  readonly key: string;
  readonly group: BalanceItem["group"];
  readonly minutes: number;
  readonly turns: number;
  /** Against the longest of its group, 0 to 1. */
  readonly share: number;
}

/** Speaking time of the groups, the longest first. First-time speakers stand beside the constituencies. */
export function bars(view: TeamView, group: "constituency" | "region"): Bar[] {
  const mine = view.balance.filter((b) => b.group === group || (group === "constituency" && isFirstTime(b)));
  const longest = Math.max(1, ...mine.map((b) => b.used));
  return mine
    .map((b) => ({
      key: b.key,
      group: b.group,
      minutes: Math.round(b.used / MINUTE),
      turns: b.turns,
      share: b.used / longest,
    }))
    .sort((a, b) => Number(a.group === "first_time") - Number(b.group === "first_time") || b.share - a.share);
}

const isFirstTime = (b: BalanceItem): boolean => b.group === "first_time" && b.key === "yes";

export interface Suggested {
  readonly entry: TeamEntry;
  /** Its new and its present place, from 1. */
  readonly to: number;
  readonly from: number;
  readonly item: SuggestionItem;
}

export function suggested(view: TeamView): Suggested[] {
  return view.suggestion.flatMap((item, i) => {
    const entry = view.entries.find((e) => e.id === item.entry);
    return entry ? [{ entry, item, to: i + 1, from: view.order.indexOf(item.entry) + 1 }] : [];
  });
}
