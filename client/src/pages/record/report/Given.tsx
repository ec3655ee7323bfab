import { useState } from "preact/hooks";
import { Button } from "../../../components/Button";
import { Chip } from "../../../components/Chip";
import { sizeText } from "../../../contributionText";
import { locale, t } from "../../../i18n";
import type { ExportView } from "../../../wire.gen";
import { useDesk } from "../desk";
import type { Kind } from "../model/exports";
import { chosen, FILTERS, shortOf, type Filter } from "./given";
import { fileName } from "./Progress";

/** What left the house, newest first: when somebody has chosen otherwise since, it is to be called back (R4). */
export function Given() {
  const { exports } = useDesk().view.value.notebook;
  const [filter, setFilter] = useState<Filter>("all");
  const shown = chosen(exports, filter);
  return (
    <section class="column" aria-labelledby="given">
      <h2 id="given">{t("report.given", { n: exports.length })}</h2>
      {exports.length === 0 && <p>{t("report.given.none")}</p>}
      {exports.length > 0 && (
        <>
          <div class="by-tier" role="group" aria-label={t("report.given.filter")}>
            {FILTERS.map((each) => (
              <button
                key={each}
                type="button"
                class="button slim"
                aria-pressed={each === filter}
                onClick={() => setFilter(each)}
              >
                {t(`report.given.filter.${each}`, { n: chosen(exports, each).length })}
              </button>
            ))}
          </div>
          {shown.length === 0 && <p class="quiet">{t("report.given.none_such")}</p>}
          <ul class="given-files">
            {shown.map((one) => (
              <One key={one.id} one={one} />
            ))}
          </ul>
          <p class="small quiet">
            {t("report.given.verify")} {t("report.given.not_listed")}
          </p>
          <p class="small quiet">
            <code>isegoria verify FILE.jsonl</code> {t("report.given.verify.log")}
          </p>
        </>
      )}
    </section>
  );
}

function One({ one }: { one: ExportView }) {
  const desk = useDesk();
  return (
    <li>
      <time class="small" dir="ltr">
        {desk.time(one.at)}
      </time>
      <div>
        <p>
          <b>{fileName({ kind: one.format as Kind, tier: one.tier, track: one.track })}</b>{" "}
          <span class="small quiet">
            {t(`report.tier.${one.tier}`)}
            {one.by && (
              <>
                {" "}
                · <bdi dir="auto">{one.by}</bdi>
              </>
            )}{" "}
            · {sizeText(one.size)}
          </span>
        </p>
        {one.recall && (
          <p class="small recall">
            <Chip tone="warn" shape="warning">
              {t("report.given.recall")}
            </Chip>{" "}
            {why(one)}
          </p>
        )}
      </div>
      <Hash digest={one.digest} />
    </li>
  );
}

function why({ changed }: ExportView): string {
  if (changed.length === 0) return t("report.given.recall.why.somebody");
  const names = new Intl.ListFormat(locale()).format(changed);
  return t("report.given.recall.why", { n: changed.length, names });
}

/** By which a file that comes back is known again. */
function Hash({ digest }: { digest: string }) {
  const desk = useDesk();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await copyText(digest);
    setCopied(true);
    desk.said.value = t("report.given.copied");
  };
  return (
    <p class="hash small">
      <code dir="ltr" title={digest}>
        {shortOf(digest)}
      </code>
      <Button class="slim" kind="plain" label={t("report.given.copy.it", { hash: shortOf(digest) })} onPress={copy}>
        {t(copied ? "report.given.copied" : "report.given.copy")}
      </Button>
    </p>
  );
}

/** Pages that came over plain http have no clipboard of their own, and others may be denied it. */
async function copyText(text: string): Promise<void> {
  const copied = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  if (copied) return;
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
