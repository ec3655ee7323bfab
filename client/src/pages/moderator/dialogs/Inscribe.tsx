import { useState } from "preact/hooks";
import { segmentName } from "../../../agenda";
import { Button } from "../../../components/Button";
import { Dialog } from "../../../components/Dialog";
import { t } from "../../../i18n";
import { PersonPicker, usePeople, type People } from "../../../team/PersonPicker";
import type { RosterPerson } from "../../../team/roster";
import type { EntryKind } from "../../../wire.gen";
import { useDesk } from "../desk";
import { inscribe, likelySegment, openSegments, videoLength } from "../model/inscribe";
import { NoticeLine } from "../NoticeLine";

const KINDS: readonly EntryKind[] = ["statement", "point_of_order", "right_of_reply"];

/** The secretariat puts somebody of the roster on the list (Q1). */
export function Inscribe() {
  const desk = useDesk();
  const view = desk.view.value;
  const people = usePeople(desk.people);
  const [person, setPerson] = useState<RosterPerson | null>(null);
  const [segment, setSegment] = useState(likelySegment(view));
  const [kind, setKind] = useState<EntryKind>("statement");
  const [video, setVideo] = useState<string | null>(null);
  const [others, setOthers] = useState<readonly string[]>([]);
  const length = video === null ? null : videoLength(video);
  const bad = video !== null && length === null;
  const put = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!person || bad) return;
    const onBehalfOf = others.filter((id) => id !== person.organisation_id);
    const command = inscribe({ person: person.id, segment, kind, video: length, onBehalfOf });
    if (await desk.ask(command, "dialog")) desk.close();
  };
  return (
    <Dialog title={t("moderator.inscribe.title")} onClose={desk.close} class="wide">
      <form class="stack" onSubmit={(event) => void put(event)}>
        <PersonPicker
          people={people}
          first={(p) => Number(p.waiting) * 2 + Number(p.organisation === null) * 4 - Number(p.wants_floor === true)}
          chosen={person}
          onChoose={setPerson}
        />
        <div class="pair">
          <Select
            label={t("moderator.inscribe.segment")}
            value={segment}
            options={openSegments(view).map((s) => [s.id, segmentName(view.segments, s)])}
            onChange={setSegment}
          />
          <Select
            label={t("moderator.inscribe.kind")}
            value={kind}
            options={KINDS.map((k) => [k, t(`moderator.kind.${k}`)])}
            onChange={(chosen) => setKind(KINDS.find((k) => k === chosen) ?? "statement")}
          />
        </div>
        <Video value={video} bad={bad} onChange={setVideo} />
        <Joint people={people} own={person?.organisation_id ?? null} chosen={others} onChange={setOthers} />
        <NoticeLine zone="dialog" />
        <div class="actions">
          <Button onPress={desk.close}>{t("moderator.dialog.cancel")}</Button>
          <Button kind="primary" type="submit" disabled={!person || bad || !desk.may.value.act}>
            {person ? t("moderator.inscribe.do", { name: person.name }) : t("moderator.inscribe.pick")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}

function Select({ label, value, options, onChange }: SelectProps) {
  return (
    <label class="labelled">
      <span>{label}</span>
      <select class="field" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function Video(props: { value: string | null; bad: boolean; onChange: (value: string | null) => void }) {
  return (
    <div class="stack">
      <label class="check">
        <input
          type="checkbox"
          checked={props.value !== null}
          onChange={(event) => props.onChange(event.currentTarget.checked ? "3:00" : null)}
        />
        {t("moderator.inscribe.is_video")}
      </label>
      {props.value !== null && (
        <label class="labelled">
          <span>{t("moderator.inscribe.video")}</span>
          <input
            class="field short"
            aria-invalid={props.bad}
            value={props.value}
            placeholder={t("moderator.inscribe.video_hint")}
            onInput={(event) => props.onChange(event.currentTarget.value)}
          />
          {props.bad && <span class="small bad">{t("moderator.inscribe.video_bad")}</span>}
        </label>
      )}
    </div>
  );
}

interface JointProps {
  readonly people: People;
  readonly own: string | null;
  readonly chosen: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

/** A joint statement names all organisations that it speaks for. */
function Joint({ people, own, chosen, onChange }: JointProps) {
  const known = new Map(
    (people.all ?? []).flatMap((p) =>
      p.organisation_id && p.organisation ? [[p.organisation_id, p.organisation] as const] : [],
    ),
  );
  const offered = [...known].filter(([id]) => id !== own).sort(([, a], [, b]) => a.localeCompare(b));
  if (offered.length === 0) return null;
  return (
    <details class="joint">
      <summary>
        {t("moderator.inscribe.joint")}
        {chosen.length > 0 && ` · ${chosen.length}`}
      </summary>
      <fieldset class="people">
        <legend class="visually-hidden">{t("moderator.inscribe.joint")}</legend>
        {offered.map(([id, name]) => (
          <label key={id} class="check">
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) =>
                onChange(event.currentTarget.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
              }
            />
            <bdi dir="auto">{name}</bdi>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
