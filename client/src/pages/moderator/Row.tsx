import { Fragment } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Chip } from "../../components/Chip";
import { PersonName } from "../../components/Person";
import { t } from "../../i18n";
import { countryName, languageName, nameOf } from "../../people";
import type { Label, TeamEntry } from "../../wire.gen";
import { useDesk, words } from "./desk";
import { dragRow } from "./drag";
import { Menu } from "./Menu";
import { remarks, standing } from "./model/list";
import { menuItems, rowKeys } from "./rows";

export function Row({ entry }: { entry: TeamEntry }) {
  const desk = useDesk();
  const row = useDrag<HTMLTableRowElement>(entry.id);
  const { order } = desk.view.value;
  return (
    <tr ref={row} data-row={entry.id}>
      <td class="n faint">{order.indexOf(entry.id) + 1}</td>
      <td class="time" dir="ltr">
        {entry.expected_at === null ? "–" : desk.writing.value.time(entry.expected_at)}
      </td>
      <td class="speaker">
        <b>
          <PersonName who={entry.who} />
        </b>{" "}
        <Remarks entry={entry} />
        <span class="small quiet place">
          <Place entry={entry} />
        </span>
      </td>
      <td>
        <Standing entry={entry} />
      </td>
      <td class="more">
        <Actions entry={entry} />
      </td>
    </tr>
  );
}

/** A row that can be dragged by a pointer, for those who may move it. */
export function useDrag<T extends HTMLElement>(entry: string) {
  const desk = useDesk();
  const row = useRef<T>(null);
  useEffect(() => (row.current ? dragRow(row.current, entry, () => desk.may.value.act) : undefined), [desk, entry]);
  return row;
}

/** Where somebody comes from and what they speak, in one line; each part keeps its own direction. */
export function Place({ entry, language = true }: { entry: TeamEntry; language?: boolean }) {
  const { who, spoken_language: spoken } = entry;
  const told = who.alias
    ? []
    : [who.name === null ? null : who.organisation, cityOf(who), who.country && countryName(who.country)];
  if (language && spoken) told.push(languageName(spoken));
  return <Parts parts={told} />;
}

/** The city, unless the organisation's name says it already. */
const cityOf = ({ city, organisation }: Label): string | null => (city && organisation?.includes(city) ? null : city);

export function Parts({ parts }: { parts: readonly (string | null)[] }) {
  return (
    <>
      {parts.filter(Boolean).map((part, i) => (
        <Fragment key={part}>
          {i > 0 && " · "}
          <bdi dir="auto">{part}</bdi>
        </Fragment>
      ))}
    </>
  );
}

export function Remarks({ entry }: { entry: TeamEntry }) {
  const desk = useDesk();
  const general = desk.view.value.modalities.limit;
  const told = remarks(entry, general, desk.writing.value).map(words);
  const needs = entry.access_needs;
  return (
    <span class="small quiet remarks">
      {told.join(" · ")}
      {needs && (
        <>
          {told.length > 0 && " · "}
          {t("moderator.remark.needs", { text: needs })}
        </>
      )}
    </span>
  );
}

export function Standing({ entry }: { entry: TeamEntry }) {
  const desk = useDesk();
  const { order, state } = desk.view.value;
  const place = state === "live" ? order.indexOf(entry.id) : -1;
  const { tone, shape, say } = standing(entry, desk.status, place, desk.now, desk.writing.value);
  return (
    <Chip {...(tone ? { tone } : {})} shape={shape}>
      {words(say)}
    </Chip>
  );
}

export function Actions({ entry }: { entry: TeamEntry }) {
  const desk = useDesk();
  const items = menuItems(desk, entry);
  const name = nameOf(entry.who);
  if (!desk.may.value.act) return null;
  return (
    <Menu
      id={`acts-${entry.id}`}
      class="button plain dots"
      label={t("moderator.list.acts_for", { name })}
      items={items}
      onKeyDown={(event) => rowKeys(desk, entry, event)}
    >
      <svg viewBox="0 0 16 16" class="shape" fill="currentColor" aria-hidden="true">
        <circle cx="8" cy="2.6" r="1.6" />
        <circle cx="8" cy="8" r="1.6" />
        <circle cx="8" cy="13.4" r="1.6" />
      </svg>
    </Menu>
  );
}
