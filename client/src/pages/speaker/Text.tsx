import "./text.css";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { nameOfSegment } from "../../agenda";
import { Button } from "../../components/Button";
import { factsOf, Open, useKeptFocus } from "../../components/Contribution";
import { HandInFields } from "../../components/HandIn";
import { HandInState } from "../../components/HandInState";
import { WithdrawDialog } from "../../components/WithdrawDialog";
import { PLAIN, type Problem } from "../../contributions";
import { occasionOf, occasions, type Occasion } from "../../handing";
import { locale, t } from "../../i18n";
import { dayOf, timeOfDay } from "../../time";
import type { OwnContribution, PersonalView } from "../../wire.gen";
import type { Desk } from "./desk";
import type { Situation } from "./model";
import type { Texts } from "./texts";

interface Props {
  readonly desk: Desk;
  readonly texts: Texts;
}

/** Where nothing but the answer to a call counts, unless one is writing. */
const CALLED: readonly Situation["kind"][] = ["next", "called", "interrupted"];

/** What one has handed in, and the way to do it: before the session, while one waits, and afterwards. */
export function OwnTexts({ desk, texts, now }: Props & { now: Situation }) {
  const { contributions } = desk.view;
  const { handing, open } = texts;
  const opener = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(open.value);
  // Whoever closes the form goes on where they opened it.
  useLayoutEffect(() => {
    if (wasOpen.current && !open.value) opener.current?.querySelector("button")?.focus();
    wasOpen.current = open.value;
  }, [open.value]);
  if (CALLED.includes(now.kind) && !open.value && !handing.isBusy) return null;
  return (
    <section class="own-text" aria-labelledby="own-text">
      <h2 id="own-text" class="question" tabIndex={-1}>
        {t("speaker.text")}
      </h2>
      {/* it stays when its last item goes, from where the focus is led on */}
      <ul class="stack" aria-label={t("speaker.text.received")} hidden={contributions.length === 0}>
        {contributions.map((one) => (
          <Item key={one.id} desk={desk} texts={texts} one={one} />
        ))}
      </ul>
      {!open.value && contributions.length === 0 && <p class="quiet small">{t("speaker.text.what")}</p>}
      {open.value && <Form desk={desk} texts={texts} wasPressed={!wasOpen.current} />}
      <HandInState handing={handing} received={t("speaker.text.done")} />
      {!open.value && (
        <div ref={opener}>
          <Button onPress={() => (open.value = true)}>
            {t(openerOf(handing.draft.text !== "" || handing.file.value !== null, contributions.length))}
          </Button>
        </div>
      )}
    </section>
  );
}

function openerOf(isBegun: boolean, received: number) {
  if (isBegun) return "speaker.text.go_on";
  return received > 0 ? "speaker.text.another" : "speaker.text.open";
}

function Item({ desk, texts, one }: Props & { one: OwnContribution }) {
  const [asking, setAsking] = useState(false);
  const { item, goes } = useKeptFocus();
  const { view } = desk;
  const what = whatItIs(view, one);
  const replace = async (): Promise<void> => {
    if (texts.handing.draft.text === "" && one.media === PLAIN) {
      const text = await texts.contributions.text(one.id).catch(() => "");
      texts.handing.change({ text });
    }
    texts.handing.change({ language: one.language, entry: one.entry, replaces: one.id });
    texts.open.value = true;
  };
  const withdraw = async (): Promise<Problem | null> => {
    const problem = await texts.contributions.withdraw(one.id);
    if (problem !== null) return problem;
    texts.handing.noted();
    goes();
    return null;
  };
  return (
    <li ref={item} class="card contribution">
      <p>
        <b>{what}</b>
      </p>
      <p class="small quiet">
        {factsOf(one)} · {t(one.by_me ? "written.received" : "speaker.text.by_team", { time: whenOf(view, one.at) })}
      </p>
      <div class="acts">
        <Open one={one} session={view.session} contributions={texts.contributions} whose={what} />
        <Button kind="plain" label={t("speaker.text.replace.of", { what })} onPress={replace}>
          {t("speaker.text.replace")}
        </Button>
        <Button kind="plain" label={t("written.withdraw.of", { what })} onPress={() => setAsking(true)}>
          {t("written.withdraw")}
        </Button>
      </div>
      {asking && (
        <WithdrawDialog
          what={`${what} · ${factsOf(one)}`}
          canAsk={desk.writable}
          withdraw={withdraw}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

function Form({ desk, texts, wasPressed }: Props & { wasPressed: boolean }) {
  const [autoFocus] = useState(wasPressed); // a page that opens with it does not call for a keyboard
  const { view } = desk;
  const { handing, open } = texts;
  const all = occasions(view.entries);
  const chosen = all.find(({ entry }) => entry === handing.draft.entry) ?? (all[0] as Occasion);
  const replaced = view.contributions.find(({ id }) => id === handing.draft.replaces);
  const send = async (): Promise<void> => {
    await handing.send({ kind: chosen.kind, entry: chosen.entry, person: null });
    if (handing.state.value.kind === "received") open.value = false;
  };
  const allotted = view.entries.find(({ id }) => id === chosen.entry)?.allotted ?? null;
  return (
    <div class="hand-in stack">
      {replaced && <p class="small quiet">{t("speaker.text.replaces", { time: whenOf(view, replaced.at) })}</p>}
      <HandInFields
        handing={handing}
        languages={view.tracks.map(({ language }) => language)}
        allotted={chosen.when === "to_come" ? allotted : null}
        autoFocus={autoFocus}
      >
        {all.length > 1 && <OccasionField desk={desk} texts={texts} all={all} chosen={chosen} />}
      </HandInFields>
      <p class="small quiet">
        {t("speaker.text.who_reads")} {t(`speaker.text.report.${view.attribution}`)} {t("speaker.text.until")}
      </p>
      {!desk.writable && !handing.isBusy && <p class="small quiet">{t("written.away")}</p>}
      <div class="actions">
        <Button kind="plain" disabled={handing.isBusy} onPress={() => (open.value = false)}>
          {t("speaker.text.later")}
        </Button>
        <Button disabled={!handing.isReady || handing.isBusy} onPress={send}>
          {t(replaced ? "speaker.text.send.instead" : "speaker.text.send")}
        </Button>
      </div>
    </div>
  );
}

interface OccasionProps extends Props {
  readonly all: readonly Occasion[];
  readonly chosen: Occasion;
}

function OccasionField({ desk, texts, all, chosen }: OccasionProps) {
  return (
    <label class="labelled">
      <span>{t("written.occasion")}</span>
      <select
        class="field"
        disabled={texts.handing.isBusy}
        value={chosen.entry ?? ""}
        onChange={(event) => texts.handing.change({ entry: event.currentTarget.value || null })}
      >
        {all.map((each) => (
          <option key={each.entry} value={each.entry ?? ""}>
            {occasionText(desk.view, each)}
          </option>
        ))}
      </select>
    </label>
  );
}

function whatItIs(view: PersonalView, { entry }: OwnContribution): string {
  const found = view.entries.find(({ id }) => id === entry);
  return found ? occasionText(view, occasionOf(found)) : t("written.occasion.none");
}

function occasionText({ segments }: PersonalView, { when, segment }: Occasion): string {
  return t(`written.occasion.${when}`, { topic: nameOfSegment(segments, segment) });
}

/** "15:20", with the day where that is another than the session's. */
function whenOf({ timezone, starts_at }: PersonalView, at: number): string {
  const day = dayOf(at, timezone, locale());
  const time = timeOfDay(at, timezone, locale());
  return day === dayOf(starts_at, timezone, locale()) ? time : `${day}, ${time}`;
}
