import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { nameOfSegment } from "../../agenda";
import { Button } from "../../components/Button";
import { recordWords } from "../../components/RecordStatus";
import { readAloud } from "../../contributionText";
import { kindOf, PLAIN } from "../../contributions";
import { t } from "../../i18n";
import { duration } from "../../time";
import type { OwnEntry, PersonalView } from "../../wire.gen";
import { AttributionDialog } from "./Attribution";
import type { Desk } from "./desk";
import { alsoWaiting } from "./model";

/** What holds for this request. */
export function Facts({ desk, entry }: { desk: Desk; entry: OwnEntry }) {
  const { view } = desk;
  const topic = view.segments.find(({ id }) => id === entry.segment);
  return (
    <dl class="facts card">
      {entry.remaining === null ? (
        <Fact name={t("speaker.fact.time")}>{timeAllotted(view, entry)}</Fact>
      ) : (
        <Fact name={t("speaker.fact.kept")}>{duration(entry.remaining)}</Fact>
      )}
      {entry.kind !== "statement" && <Fact name={t("speaker.fact.kind")}>{t(`kind.${entry.kind}`)}</Fact>}
      <Fact name={t("speaker.fact.topic")}>{nameOfSegment(view.segments, entry.segment)}</Fact>
      {topic && <Fact name={t("speaker.fact.record")}>{recordWords(topic)}</Fact>}
      {entry.on_behalf_of.length > 0 && (
        <Fact name={t("speaker.fact.for")}>
          <bdi>{entry.on_behalf_of.join(", ")}</bdi>
        </Fact>
      )}
      <TextFact view={view} entry={entry} />
      <AttributionFact desk={desk} />
      {alsoWaiting(view, entry).map((other) => (
        <Fact key={other.id} name={t("speaker.fact.also")}>
          {other.place === null
            ? nameOfSegment(view.segments, other.segment)
            : t("speaker.fact.also.place", { n: other.place, topic: nameOfSegment(view.segments, other.segment) })}
        </Fact>
      ))}
    </dl>
  );
}

function timeAllotted(view: PersonalView, entry: OwnEntry): string {
  const time = duration(entry.allotted);
  return view.allowance ? t("speaker.fact.allowance", { time, extra: duration(view.allowance) }) : time;
}

/** The newest text that is there for this statement, and whether there is the time to read it out. */
function TextFact({ view, entry }: { view: PersonalView; entry: OwnEntry }) {
  const text = view.contributions.findLast((one) => one.entry === entry.id);
  if (!text) return null;
  const needed = readAloud(text.words);
  const fits = needed <= (entry.remaining ?? entry.allotted);
  const values = { n: text.words, time: duration(needed) };
  return (
    <Fact name={t("speaker.fact.text")}>
      {text.media === PLAIN
        ? t(fits ? "speaker.fact.text.fits" : "speaker.fact.text.long", values)
        : kindOf(text.media)}
    </Fact>
  );
}

function AttributionFact({ desk }: { desk: Desk }) {
  const [open, setOpen] = useState(false);
  return (
    <Fact name={t("speaker.fact.report")}>
      {t(`speaker.attribution.${desk.view.attribution}`)}
      <Button kind="plain" class="inline" disabled={!desk.writable} onPress={() => setOpen(true)}>
        {t("speaker.change")}
      </Button>
      {open && <AttributionDialog desk={desk} onClose={() => setOpen(false)} />}
    </Fact>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
