import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../components/Button";
import { t } from "../../i18n";
import type { WordsView } from "../../wire.gen";
import { useDesk } from "./desk";
import type { Intervention } from "./model/interventions";
import { KEYS } from "./model/keys";

/** As many characters as the server takes. */
const LONGEST = 2_000;

/** What was said, in the rapporteur's words. It can be typed at any time: what cannot be saved now is kept. */
export function Gist({ intervention }: { intervention: Intervention }) {
  const desk = useDesk();
  const { entry } = intervention;
  const stored = desk.gists.stored(entry.id);
  const field = desk.gists.field(entry.id);
  const area = useRef<HTMLTextAreaElement>(null);
  const goal = desk.goal.value;
  useEffect(() => {
    if (goal !== "gist") return;
    desk.goal.value = null;
    area.current?.focus();
  }, [goal]);
  useEffect(() => () => void desk.gists.save(entry.id), [entry.id]);
  return (
    <section class="gist" aria-labelledby="gist-title">
      <h2 id="gist-title">
        {t("record.gist")} <kbd aria-hidden="true">{KEYS.gist}</kbd>
      </h2>
      {field.state === "overtaken" && <Overtaken entry={entry.id} text={stored?.text ?? ""} by={stored?.by ?? null} />}
      <textarea
        ref={area}
        class="field"
        rows={4}
        dir="auto"
        maxLength={LONGEST}
        readOnly={desk.why.value === "role"}
        aria-labelledby="gist-title"
        aria-describedby="gist-state"
        data-place="gist"
        value={field.text}
        onFocus={() => desk.stay()}
        onInput={(event) => desk.gists.type(entry.id, event.currentTarget.value)}
        onBlur={() => void desk.gists.save(entry.id)}
      />
      <p id="gist-state" class="small quiet gist-state">
        <GistState entry={entry.id} stored={stored} />
      </p>
    </section>
  );
}

function GistState({ entry, stored }: { entry: string; stored: WordsView | null }) {
  const desk = useDesk();
  const { state } = desk.gists.field(entry);
  const refused = desk.gists.refusal(entry);
  if (state === "typed" && desk.why.value) return <>{t("record.gist.kept")}</>;
  if (state === "typed" && refused)
    return (
      <span class="bad">
        {desk.sentence(refused)} {t("record.gist.kept")}
      </span>
    );
  if (state === "typed") return <>{t(desk.gists.isSending(entry) ? "record.gist.saving" : "record.gist.soon")}</>;
  if (state === "empty") return <>{t("record.gist.empty")}</>;
  if (state === "overtaken") return <>{t("record.gist.yours")}</>;
  if (!stored) return <>{t("record.gist.none")}</>;
  const time = desk.time(stored.at);
  return <>{stored.by ? t("record.gist.by", { name: stored.by, time }) : t("record.gist.at", { time })}</>;
}

/** Somebody else wrote meanwhile: theirs is shown, one's own stays in the field until one of the two is chosen. */
function Overtaken({ entry, text, by }: { entry: string; text: string; by: string | null }) {
  const desk = useDesk();
  return (
    <div class="overtaken" role="status">
      <p>
        {by ? t("record.gist.overtaken_by", { name: by }) : t("record.gist.overtaken")} <q dir="auto">{text}</q>
      </p>
      <div class="row">
        <Button class="slim" disabled={desk.why.value !== null} onPress={() => desk.gists.keepMine(entry)}>
          {t("record.gist.mine")}
        </Button>
        <Button class="slim" onPress={() => desk.gists.takeTheirs(entry)}>
          {t("record.gist.theirs")}
        </Button>
      </div>
    </div>
  );
}
