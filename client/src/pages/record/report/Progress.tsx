import { useEffect, useState } from "preact/hooks";
import { Button } from "../../../components/Button";
import { Chip } from "../../../components/Chip";
import { LiveRegion } from "../../../components/LiveRegion";
import { Shape } from "../../../components/Shape";
import { t } from "../../../i18n";
import { duration } from "../../../time";
import { useDesk } from "../desk";
import { nameOf, type File } from "../model/exports";
import { focusAsk, trackName } from "./Files";
import type { Request, Underway } from "./requests";
import type { Store } from "./store";

/** What is being made, for whom, and what has become of one's own. */
export function Progress({ store }: { store: Store }) {
  const { session } = useDesk();
  const underway = store.requests.underway.value;
  const over = store.requests.over.value;
  const newest = over[0];
  return (
    <>
      <LiveRegion text={newest ? ended(session, newest) : ""} />
      {underway.length + over.length > 0 && (
        <section aria-labelledby="being-made" class="stack">
          <h3 id="being-made" class="minor">
            {t("report.making")}
          </h3>
          <ul class="makings">
            {underway.map((one) => (
              <Row key={one.id} store={store} one={one} />
            ))}
            {over.map((one) => (
              <Over key={one.id} store={store} one={one} session={session} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Row({ store, one }: { store: Store; one: Underway }) {
  const { mine, name, file, ahead, began } = one;
  return (
    <li>
      <p>
        <b>{fileName(file)}</b>{" "}
        <span class="small quiet">
          {t(`report.tier.${file.tier}`)}
          {!mine && (
            <> · {name ? <bdi dir="auto">{t("report.making.for", { name })}</bdi> : t("report.making.for_someone")}</>
          )}
        </span>
      </p>
      <span class="push">
        {began === null ? (
          <Chip shape="ring">{ahead ? t("report.making.ahead", { n: ahead }) : t("report.making.asked")}</Chip>
        ) : (
          <Since began={began} />
        )}
      </span>
      {mine && (
        <Button
          class="slim"
          label={t("report.making.give_up.it", { file: fileName(file) })}
          onPress={() => {
            store.requests.giveUp(one.id);
            focusAsk(file.kind);
          }}
        >
          {t("report.making.give_up")}
        </Button>
      )}
    </li>
  );
}

/** Of real time, which goes on where a rehearsal's clock stands. */
function Since({ began }: { began: number }) {
  const { clock } = useDesk().connection;
  const [now, setNow] = useState(() => clock.engineNow());
  useEffect(() => {
    const ticking = setInterval(() => setNow(clock.engineNow()), 1_000);
    return () => clearInterval(ticking);
  }, [clock]);
  return (
    <Chip tone="accent" shape="quarter">
      {t("report.making.since", { time: duration(now - began) })}
    </Chip>
  );
}

function Over({ store, one, session }: { store: Store; one: Request; session: string }) {
  const failed = one.outcome?.is === "not_given";
  return (
    <li>
      <p class={failed ? "bad" : undefined}>
        <Shape name={failed ? "cross" : "check"} /> {ended(session, one)}
      </p>
      {failed && (
        <Button class="slim push" disabled={store.away.value} onPress={() => again(store, one)}>
          {t("report.making.again")}
        </Button>
      )}
      <Button
        class={failed ? "slim" : "slim push"}
        kind="plain"
        label={t("record.dismiss")}
        onPress={() => {
          store.requests.dismiss(one.id);
          focusAsk(one.file.kind);
        }}
      >
        <Shape name="cross" />
      </Button>
    </li>
  );
}

function again(store: Store, { id, file }: Request): void {
  store.requests.dismiss(id);
  void store.requests.ask(file);
  focusAsk(file.kind);
}

function ended(session: string, { file, outcome }: Request): string {
  if (outcome?.is !== "not_given") return t("report.saved", { name: nameOf(session, file) });
  const why = outcome.code ? t(`error.${outcome.code}`) : t("report.unreachable");
  return t("report.not_given", { file: fileName(file), why });
}

export function fileName({ kind, track }: File): string {
  return [t(`report.kind.${kind}`), track && trackName(track)].filter(Boolean).join(", ");
}
