import { shortName } from "../../agenda";
import { Button } from "../../components/Button";
import { PersonName } from "../../components/Person";
import { t } from "../../i18n";
import type { TeamEntry } from "../../wire.gen";
import { useDesk } from "./desk";
import { ofEntry } from "./model/asks";
import { absentIn } from "./model/list";
import { nextEntries } from "./model/may";
import { presenceOf } from "./model/floor";
import { Actions, Place, Remarks, Standing, useDrag } from "./Row";
import { SpokenNotice } from "./Spoken";

/** The next three, with readiness and presence (Q9), and the repeat call (Q5). */
export function Next() {
  const desk = useDesk();
  const view = desk.view.value;
  const next = nextEntries(view);
  return (
    <>
      <div class="row next-head">
        <h2 id="next-title">{t("moderator.next.title")}</h2>
        {view.suggestion.length > 0 && desk.may.value.act && (
          <Button kind="plain" class="push" onPress={() => desk.open({ kind: "suggest" })}>
            {t("moderator.next.suggest")}
          </Button>
        )}
      </div>
      <SpokenNotice />
      {next.length === 0 ? (
        <div class="card nobody">
          <p>{t("moderator.next.none")}</p>
          {desk.may.value.act && (
            <p class="small quiet">{t(view.list_open ? "moderator.next.none_open" : "moderator.next.none_closed")}</p>
          )}
        </div>
      ) : (
        <ol class="card next">
          {next.map((entry, i) => (
            <Coming key={entry.id} entry={entry} place={i + 1} />
          ))}
        </ol>
      )}
    </>
  );
}

function Coming({ entry, place }: { entry: TeamEntry; place: number }) {
  const desk = useDesk();
  const row = useDrag<HTMLLIElement>(entry.id);
  const view = desk.view.value;
  const later = view.segment !== null && entry.segment !== view.segment;
  return (
    <li ref={row} data-row={entry.id} class={place === 1 ? "first" : undefined}>
      <span class="n" aria-hidden="true">
        {place}
      </span>
      <div class="whole">
        <p class="who">
          <PersonName who={entry.who} /> <Remarks entry={entry} />
        </p>
        <p class="small quiet">
          <Place entry={entry} />
          {later && <> · {shortName(view.segments, entry.segment)}</>}
        </p>
      </div>
      <div class="standing">
        <Standing entry={entry} />
        <Call entry={entry} place={place} />
      </div>
      <time class="quiet" dir="ltr">
        {entry.expected_at === null ? "" : desk.writing.value.time(entry.expected_at)}
      </time>
      <Actions entry={entry} />
    </li>
  );
}

/** "Call again" for who does not answer; 20 s later "Absent" (Q5). */
function Call({ entry, place }: { entry: TeamEntry; place: number }) {
  const desk = useDesk();
  const wait = absentIn(entry, desk.now);
  const missing = presenceOf(desk.status, entry.person) === "away" && entry.readiness === "silent";
  if (!desk.may.value.act || desk.view.value.state !== "live") return null;
  if (wait !== null) {
    return (
      <Button class="slim" disabled={wait > 0} onPress={() => desk.ask(ofEntry("mark_absent", entry), "list")}>
        {wait > 0 ? t("moderator.call.absent_in", { n: Math.ceil(wait / 1_000) }) : t("moderator.call.absent")}
      </Button>
    );
  }
  if (place > 1 || !missing || entry.delivery === "video") return null;
  return (
    <Button class="slim" onPress={() => desk.ask(ofEntry("call_speaker", entry), "list")}>
      {t("moderator.call.again")}
    </Button>
  );
}
