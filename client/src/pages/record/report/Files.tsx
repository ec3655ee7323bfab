import { useState } from "preact/hooks";
import { Button } from "../../../components/Button";
import { Chip } from "../../../components/Chip";
import { locale, t } from "../../../i18n";
import { languageName } from "../../../people";
import type { ExportsOffered, Tier, TrackView } from "../../../wire.gen";
import { useDesk } from "../desk";
import { offers, type Kind, type Offer } from "../model/exports";
import { OpenLines } from "./OpenLines";
import type { Store } from "./store";

/** The files that there are of a tier, by what they are for. */
export function Files({ store }: { store: Store }) {
  const offered = store.offered.value;
  const tier = store.tier.value;
  return (
    <>
      <p class="quiet">
        <Chip tone={tier === "internal" ? "warn" : "go"} shape={tier === "internal" ? "warning" : "check"}>
          {t(`report.tier.${tier}`)}
        </Chip>{" "}
        {t(`report.tier.${tier}.what`)}
      </p>
      {tier === "publishable" && <OpenLines store={store} />}
      {!offered && <p class="quiet">{t(store.away.value ? "report.away" : "report.reading")}</p>}
      {offered && (
        <div class="groups">
          {offers(offered.kinds, tier).map((offer) => (
            <Group key={offer.group} store={store} offer={offer} offered={offered} />
          ))}
        </div>
      )}
    </>
  );
}

function Group({ store, offer, offered }: { store: Store; offer: Offer; offered: ExportsOffered }) {
  const { tracks } = useDesk().view.value;
  const [chosen, choose] = useState(tracks[0]?.track ?? null);
  const { group, kinds } = offer;
  const track = group === "transcript" ? chosen : null;
  if (group === "transcript" && track === null) return null;
  return (
    <section class="card stack" aria-labelledby={`files-${group}`}>
      <h3 id={`files-${group}`}>{t(`report.group.${group}`)}</h3>
      {group === "paper" && <Length offered={offered} tier={store.tier.value} />}
      {group === "transcript" && <Language tracks={tracks} chosen={chosen} choose={choose} />}
      <dl class="kinds">
        {kinds.map((kind, index) => (
          <div key={kind}>
            <dt>
              <Ask store={store} kind={kind} track={track} primary={group === "paper" && index === 0} />
            </dt>
            <dd id={`kind-${kind}`} class="small quiet">
              {t(`report.kind.${kind}.what`)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

interface AskProps {
  readonly store: Store;
  readonly kind: Kind;
  readonly track: string | null;
  readonly primary?: boolean;
}

/** A press of it asks for the file; what becomes of it is told below. */
export function Ask({ store, kind, track, primary = false }: AskProps) {
  const file = { kind, tier: store.tier.value, track };
  return (
    <span id={placeOf(kind)}>
      <Button
        class="slim"
        {...(primary && { kind: "primary" as const })}
        disabled={store.away.value}
        onPress={() => void store.requests.ask(file)}
      >
        {t(`report.kind.${kind}`)}
      </Button>
    </span>
  );
}

const placeOf = (kind: Kind): string => `ask-${kind}`;

/** The focus goes back to where a file was asked for, when what had it is gone. */
export function focusAsk(kind: Kind): void {
  document.querySelector<HTMLElement>(`#${placeOf(kind)} button`)?.focus();
}

/** How long the working paper is, against how long it may be. */
export function Length({ offered: { words, limit }, tier }: { offered: ExportsOffered; tier: Tier }) {
  const number = new Intl.NumberFormat(locale());
  const n = words[tier];
  if (n === null) return <p class="small quiet">{t("report.words.counting", { limit: number.format(limit) })}</p>;
  const told = { n, words: number.format(n), limit: number.format(limit) };
  if (n <= limit) return <p class="small quiet">{t("report.words", told)}</p>;
  return (
    <p>
      <Chip tone="warn" shape="warning">
        {t("report.words.over", { ...told, over: number.format(n - limit) })}
      </Chip>
    </p>
  );
}

interface LanguageProps {
  readonly tracks: readonly TrackView[];
  readonly chosen: string | null;
  readonly choose: (track: string) => void;
}

function Language({ tracks, chosen, choose }: LanguageProps) {
  return (
    <label class="row small of-language">
      {t("report.language")}
      <select class="field slim" value={chosen ?? ""} onChange={(event) => choose(event.currentTarget.value)}>
        {tracks.map(({ track, language }) => (
          <option key={track} value={track}>
            {trackName(track, language)}
          </option>
        ))}
      </select>
    </label>
  );
}

export function trackName(track: string, language: string = track): string {
  return track === "floor" ? t("record.track.floor") : languageName(language);
}
