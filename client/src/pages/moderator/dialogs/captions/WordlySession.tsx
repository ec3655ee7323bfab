import { useState } from "preact/hooks";
import { Button } from "../../../../components/Button";
import { Shape } from "../../../../components/Shape";
import { t } from "../../../../i18n";
import { useDesk } from "../../desk";
import { acts } from "../../model/may";
import { wordlyCode } from "../../model/wordly";

type Outcome = { readonly good: boolean; readonly text: string };

/** The code of a Wordly session, for all its languages at once. */
export function WordlySession() {
  const desk = useDesk();
  const [code, setCode] = useState("");
  const [passcode, setPasscode] = useState("");
  const [connection, setConnection] = useState("");
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const known = wordlyCode(code);
  const refused = desk.status?.feeds.some((feed) => feed.pulled === "wordly" && feed.link === "refused") ?? false;
  if (!acts(desk.view.value)) return null;
  const attend = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (known === null) return setOutcome({ good: false, text: t("moderator.wordly.bad") });
    const answer = await desk.amend.wordly({
      code: known,
      passcode: passcode.trim(),
      connection_code: connection.trim(),
    });
    setOutcome({
      good: answer.ok,
      text: answer.ok ? t("moderator.wordly.given", { code: known }) : desk.sentence(answer.error),
    });
  };
  return (
    <details class="wordly" open={refused}>
      <summary>
        <h3>{t("moderator.wordly.title")}</h3>
      </summary>
      <form class="stack" onSubmit={(event) => void attend(event)}>
        <p class="small quiet">{t("moderator.wordly.hint")}</p>
        <div class="pair">
          <Field
            label={t("moderator.wordly.code")}
            value={code}
            put={setCode}
            placeholder="ABCD-1234"
            bad={outcome?.good === false && known === null}
          />
          <Field label={t("moderator.wordly.passcode")} value={passcode} put={setPasscode} />
          <Field label={t("moderator.wordly.connection")} value={connection} put={setConnection} />
        </div>
        <div class="row answer">
          <p role="status" class={outcome?.good === false ? "bad" : "good"}>
            {outcome && (
              <>
                <Shape name={outcome.good ? "check" : "warning"} /> {outcome.text}
              </>
            )}
          </p>
          <Button type="submit" class="push" disabled={!desk.may.value.act || code.trim() === ""}>
            {t("moderator.wordly.do")}
          </Button>
        </div>
      </form>
    </details>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly put: (text: string) => void;
  readonly placeholder?: string;
  readonly bad?: boolean;
}

function Field({ label, value, put, placeholder = "", bad = false }: FieldProps) {
  return (
    <label class="labelled">
      <span>{label}</span>
      <input
        class="field"
        dir="ltr"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        maxLength={100}
        placeholder={placeholder}
        aria-invalid={bad}
        value={value}
        onInput={(event) => put(event.currentTarget.value)}
      />
    </label>
  );
}
