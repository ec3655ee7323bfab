// Next, the list, who waits outside of it, who was heard. Every move works by button, menu and keys; dragging is extra.
import { useEffect } from "preact/hooks";
import { nameOfSegment } from "../../agenda";
import { Button } from "../../components/Button";
import { t } from "../../i18n";
import { useDesk, type Desk } from "./desk";
import { watchDrops } from "./drag";
import { Heard, Late, Others } from "./Aside";
import { groups, type Group } from "./model/list";
import { startSegment } from "./model/asks";
import { acts, nextSegment } from "./model/may";
import { Next } from "./Next";
import { NoticeLine } from "./NoticeLine";
import { Row } from "./Row";
import { useHeld, useMotion } from "./rows";

export function ListZone() {
  const desk = useDesk();
  useEffect(() => watchDrops(desk), [desk]);
  useMotion(desk);
  useHeld(desk);
  return (
    <section class="listed zone" aria-labelledby="next-title">
      {desk.view.value.state === "closed" ? <h2 id="next-title">{t("moderator.list.title")}</h2> : <Waiting />}
      <Heard />
      <Others />
    </section>
  );
}

function Waiting() {
  return (
    <>
      <Next />
      <NoticeLine zone="list" />
      <ListHead />
      <Table />
      <Late />
    </>
  );
}

function ListHead() {
  const desk = useDesk();
  const view = desk.view.value;
  const { list_open: open, list_closes_at: at } = view;
  const off = !desk.may.value.act;
  const wanted = desk.found.value;
  const n = groups(view, wanted).reduce((sum, group) => sum + group.rows.length, 0);
  return (
    <div class="list-head">
      <div class="row">
        <h2 id="list-title">
          {t("moderator.list.title")} · {t(wanted ? "moderator.list.found" : "moderator.list.more", { n })}
        </h2>
        <p class="small quiet push">
          {t(open ? "moderator.list.open" : "moderator.list.closed")}
          {open && at !== null && <> · {t("moderator.list.closes_at", { time: desk.writing.value.time(at) })}</>}
        </p>
      </div>
      <label class="find">
        <span class="visually-hidden">{t("moderator.list.find")}</span>
        <input
          class="field"
          type="search"
          aria-keyshortcuts="/"
          placeholder={t("moderator.list.find_hint")}
          value={wanted}
          onInput={(event) => (desk.found.value = event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            desk.found.value = "";
            event.currentTarget.blur();
          }}
        />
      </label>
      {acts(view) && (
        <>
          <Button disabled={off} onPress={() => desk.open({ kind: "inscribe" })}>
            {t("moderator.list.inscribe")}
          </Button>
          <Button hotkey="L" disabled={off} onPress={() => toggle(desk)}>
            {t(open ? "moderator.list.close" : "moderator.list.reopen")}
          </Button>
        </>
      )}
    </div>
  );
}

function toggle(desk: Desk): Promise<boolean> {
  return desk.view.value.list_open
    ? desk.ask({ type: "close_list" }, "list", t("moderator.just.list_closed"))
    : desk.ask({ type: "reopen_list" }, "list", t("moderator.just.list_reopened"));
}

function Table() {
  const desk = useDesk();
  const view = desk.view.value;
  const wanted = desk.found.value.trim();
  const shown = groups(view, wanted);
  if (shown.length === 0) {
    return (
      <p class="quiet empty">{wanted ? t("moderator.list.none_found", { text: wanted }) : t("moderator.list.empty")}</p>
    );
  }
  return (
    <table class="list" aria-labelledby="list-title">
      <thead>
        <tr>
          <th scope="col" class="n">
            <span class="visually-hidden">{t("moderator.list.place")}</span>
          </th>
          <th scope="col">{t("moderator.list.expected")}</th>
          <th scope="col">{t("moderator.list.speaker")}</th>
          <th scope="col">{t("moderator.list.state")}</th>
          <th scope="col">
            <span class="visually-hidden">{t("moderator.list.acts")}</span>
          </th>
        </tr>
      </thead>
      {shown.map((group, i) => (
        <Stretch key={`${group.segment} ${i}`} group={group} />
      ))}
    </table>
  );
}

/** A stretch of one segment. The agenda's next one can be begun from here. */
function Stretch({ group }: { group: Group }) {
  const desk = useDesk();
  const view = desk.view.value;
  const segment = view.segments.find((s) => s.id === group.segment);
  const title = nameOfSegment(view.segments, group.segment);
  const ahead = acts(view) && view.state === "live" && nextSegment(view)?.id === group.segment;
  return (
    <tbody>
      <tr class="stretch">
        <th scope="rowgroup" colSpan={5}>
          <span class="stretch-line">
            <bdi dir="auto">{title}</bdi>
            {segment?.id === view.segment && <span class="quiet"> · {t("moderator.controls.now")}</span>}
            {segment && ahead && (
              <Button
                kind="plain"
                class="push small"
                disabled={!desk.may.value.act}
                label={t("moderator.act.start_segment", { title })}
                onPress={() => desk.ask(startSegment(view, segment.id), "list")}
              >
                {t("moderator.controls.begin")}
              </Button>
            )}
          </span>
        </th>
      </tr>
      {group.rows.map((entry) => (
        <Row key={entry.id} entry={entry} />
      ))}
    </tbody>
  );
}
