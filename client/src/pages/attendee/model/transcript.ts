// The text that a reader saves. It tells less than the screen (R9): a view does not say who allows to be named, so
// nobody is. Left out are turns behind an alias and what was said within a minute of them, when their names may have
// been spoken (R10), parts under the Chatham House Rule, what was off the record, and what was said between turns.

import type { Article } from "../../../captions";
import { t } from "../../../i18n";
import { placeOf } from "../../../people";
import { longDay, timeOfDay } from "../../../time";
import type { Label, TrackView, TurnView } from "../../../wire.gen";
import type { SharedView } from "./shared";
import { blocksOf, wholeOf, type Block } from "./text";
import { gapText, machineText } from "./words";

/** How near to a protected turn, in ms, nothing is told (R10). */
const AROUND = 60_000;

export function transcriptOf(view: SharedView, track: TrackView, articles: readonly Article[], locale: string): string {
  const secret = new Set(view.segments.flatMap(({ id, chatham_house }) => (chatham_house ? [id] : [])));
  const told = articles.filter(({ turn }) => turn && !turn.who.alias && !secret.has(turn.segment));
  const hidden = view.turns.filter(({ who }) => who.alias);
  const head = [
    view.title,
    longDay(view.starts_at, view.timezone, locale),
    machineText(track),
    t("attendee.saved.what"),
  ];
  const body = told.map((article) => sectionOf(article, hidden, view.timezone, locale));
  return `${[head.filter(Boolean).join("\n"), ...body.filter(Boolean)].join("\n\n")}\n`;
}

function sectionOf({ turn, lines }: Article, hidden: readonly TurnView[], zone: string, locale: string): string {
  const kept = lines.filter((line) => line.position !== null && !hidden.some((one) => near(one, line.spoken_at)));
  if (!turn || kept.length === 0) return "";
  const heading = `${unnamed(turn.who)} · ${timeOfDay(turn.began_at, zone, locale)}`;
  return [heading, ...blocksOf(kept).map(lineOf)].join("\n");
}

function near({ began_at, ended_at }: TurnView, at: number): boolean {
  return at >= began_at - AROUND && (ended_at === null || at < ended_at + AROUND);
}

function unnamed(who: Label): string {
  return placeOf(who) || t("attendee.participant");
}

function lineOf(block: Block): string {
  return block.kind === "gap" ? `[${gapText(block)}]` : wholeOf(block);
}
