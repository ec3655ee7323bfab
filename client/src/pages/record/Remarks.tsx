import { useState } from "preact/hooks";
import { nameOfSegment, segmentName } from "../../agenda";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { t } from "../../i18n";
import { PersonPicker, usePeople } from "../../team/PersonPicker";
import { useDesk, type RemarksDraft } from "./desk";
import { KEYS } from "./model/keys";

const LONGEST = 2_000;
const NAME = "new";

/** What those said who were not on the list, such as opening remarks. */
export function Remarks() {
  const desk = useDesk();
  const { notebook, segments } = desk.view.value;
  return (
    <section class="stack" aria-labelledby="remarks">
      <h2 id="remarks">{t("record.remarks")}</h2>
      {notebook.remarks.length > 0 && (
        <ul class="remarks">
          {notebook.remarks.map((one) => (
            <li key={one.id}>
              <p>
                <b>
                  <bdi dir="auto">{one.name}</bdi>
                </b>{" "}
                <span class="small quiet">
                  {[
                    nameOfSegment(segments, one.segment),
                    one.by && t("record.by", { name: one.by, time: desk.time(one.at) }),
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </p>
              <p dir="auto">{one.text ?? t("record.erased")}</p>
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button
          class="slim"
          hotkey={KEYS.remarks}
          disabled={desk.why.value === "role"}
          onPress={() => (desk.opened.value = "remarks")}
        >
          {t(desk.remarks.get(NAME)?.text ? "record.remarks.go_on" : "record.remarks.log")}
        </Button>
      </div>
    </section>
  );
}

/** What is typed is kept until the server has it, also when the dialog is closed or the connection lost. */
export function LogRemarks() {
  const desk = useDesk();
  const people = usePeople(desk.people);
  const { segments, segment } = desk.view.value;
  const [problem, setProblem] = useState("");
  const kept: RemarksDraft = desk.remarks.get(NAME) ?? { person: null, segment: null, text: "" };
  const part = kept.segment ?? segment ?? segments[0]?.id ?? "";
  const change = (changes: Partial<RemarksDraft>): void => desk.remarks.put(NAME, { ...kept, ...changes });
  const log = async (): Promise<void> => {
    if (!kept.person) return;
    const remarks = { person: kept.person.id, segment: part, text: kept.text.trim() };
    const ack = await desk.connection.command({ type: "log_remarks", ...remarks });
    if (!ack.ok) return setProblem(desk.sentence(ack.error));
    desk.remarks.put(NAME, null);
    desk.said.value = t("record.remarks.logged");
    desk.close();
  };
  return (
    <Dialog title={t("record.remarks.title")} onClose={desk.close}>
      <PersonPicker people={people} chosen={kept.person} onChoose={(person) => change({ person })} />
      <label class="labelled">
        <span>{t("record.remarks.segment")}</span>
        <select class="field" value={part} onChange={(event) => change({ segment: event.currentTarget.value })}>
          {segments.map((each) => (
            <option key={each.id} value={each.id}>
              {segmentName(segments, each)}
            </option>
          ))}
        </select>
      </label>
      <label class="labelled">
        <span>{t("record.remarks.text")}</span>
        <textarea
          class="field"
          rows={5}
          dir="auto"
          maxLength={LONGEST}
          value={kept.text}
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
      </label>
      <p class="small quiet" role="status">
        {desk.why.value ? `${t(`record.why.${desk.why.value}`)} ${t("record.why.kept")}` : problem}
      </p>
      <div class="actions">
        <Button onPress={desk.close}>{t("record.remarks.later")}</Button>
        <Button
          kind="primary"
          disabled={!kept.person || kept.text.trim() === "" || desk.why.value !== null}
          onPress={log}
        >
          {t("record.remarks.log")}
        </Button>
      </div>
    </Dialog>
  );
}
