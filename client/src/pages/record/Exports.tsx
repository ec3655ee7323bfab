import { useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { Chip } from "../../components/Chip";
import { t } from "../../i18n";
import { languageName } from "../../people";
import type { ExportView, Tier, TrackView } from "../../wire.gen";
import { useDesk } from "./desk";
import { fetchFile, nameOf, NotGiven, RECORDS, TRANSCRIPTS, type File } from "./model/exports";

const TIERS: readonly Tier[] = ["publishable", "internal"];

/** The files that there are, for whom, and which were given out. */
export function Exports() {
  const desk = useDesk();
  const { tracks, notebook } = desk.view.value;
  const [tier, setTier] = useState<Tier>("publishable");
  const [told, setTold] = useState("");
  const give = async (file: File): Promise<void> => setTold(await download(desk.session, desk.token, file));
  const away = desk.connection.engineAway.value || desk.connection.link.value.state !== "live";
  return (
    <section class="stack" aria-labelledby="exports">
      <h2 id="exports">{t("record.exports")}</h2>
      <div class="card stack">
        <div class="by-tier" role="group" aria-label={t("record.exports.tier")}>
          {TIERS.map((each) => (
            <button
              key={each}
              type="button"
              class="button slim"
              aria-pressed={each === tier}
              onClick={() => setTier(each)}
            >
              {t(`record.tier.${each}`)}
            </button>
          ))}
        </div>
        <p class="small quiet">{t(`record.tier.${tier}.what`)}</p>
        <div class="files">
          <span class="small">{t("record.exports.record")}</span>
          {RECORDS[tier].map((kind) => (
            <Button key={kind} class="slim" disabled={away} onPress={() => give({ kind, tier, track: null })}>
              {t(`record.kind.${kind}`)}
            </Button>
          ))}
        </div>
        <Transcripts tracks={tracks} tier={tier} disabled={away} give={give} />
        <p class="small quiet" role="status">
          {told}
        </p>
      </div>
      <Given exports={notebook.exports} />
    </section>
  );
}

interface TranscriptsProps {
  readonly tracks: readonly TrackView[];
  readonly tier: Tier;
  readonly disabled: boolean;
  readonly give: (file: File) => Promise<void>;
}

function Transcripts({ tracks, tier, disabled, give }: TranscriptsProps) {
  const [wanted, setWanted] = useState(tracks[0]?.track ?? null);
  if (wanted === null) return null;
  return (
    <div class="files">
      <label class="small">
        {t("record.exports.transcript")}{" "}
        <select class="field slim" value={wanted} onChange={(event) => setWanted(event.currentTarget.value)}>
          {tracks.map(({ track, language }) => (
            <option key={track} value={track}>
              {track === "floor" ? t("record.track.floor") : languageName(language)}
            </option>
          ))}
        </select>
      </label>
      {TRANSCRIPTS.map((kind) => (
        <Button key={kind} class="slim" disabled={disabled} onPress={() => give({ kind, tier, track: wanted })}>
          {t(`record.kind.${kind}`)}
        </Button>
      ))}
    </div>
  );
}

/** What left the house, newest first: when somebody has chosen otherwise since, it is to be called back (R4). */
function Given({ exports }: { exports: readonly ExportView[] }) {
  const desk = useDesk();
  if (exports.length === 0) return null;
  const recalled = exports.filter(({ recall }) => recall).length;
  return (
    <details class="small">
      <summary>
        {t("record.given", { n: exports.length })}
        {recalled > 0 && (
          <>
            {" "}
            <Chip tone="warn" shape="warning">
              {t("record.given.recall", { n: recalled })}
            </Chip>
          </>
        )}
      </summary>
      <ul class="given">
        {[...exports].reverse().map((one) => (
          <li key={one.id}>
            {t("record.given.one", {
              what: [one.format.toUpperCase(), one.track].filter(Boolean).join(", "),
              tier: t(`record.tier.${one.tier}`),
              time: desk.time(one.at),
            })}
            {one.by && <> · {one.by}</>}
            {one.recall && <b class="recall"> · {t("record.given.recall_it")}</b>}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What is to be said about it. */
async function download(session: string, token: string, file: File): Promise<string> {
  try {
    const address = URL.createObjectURL(await fetchFile(session, token, file));
    const link = document.createElement("a");
    link.href = address;
    link.download = nameOf(session, file);
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    return t("record.exports.done", { name: link.download });
  } catch (problem) {
    const code = problem instanceof NotGiven ? problem.code : null;
    return code ? t(`error.${code}`) : t("record.exports.unreachable");
  }
}
