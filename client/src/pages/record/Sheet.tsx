import { Button } from "../../components/Button";
import { PersonName, PersonPlace } from "../../components/Person";
import { isolated, t } from "../../i18n";
import { countryName, nameOf, placeOf } from "../../people";
import type { TeamEntry } from "../../wire.gen";
import { useDesk } from "./desk";
import { Gist } from "./Gist";
import { cited } from "./model/cited";
import { KEYS } from "./model/keys";
import { Notice } from "./Notice";
import { Quotes } from "./Quotes";
import { Tags } from "./Tags";
import { Words } from "./Words";

/** One intervention, and all that is noted on it. */
export function Sheet() {
  const desk = useDesk();
  const intervention = desk.shown.value;
  if (!intervention)
    return (
      <section class="column sheet" aria-label={t("record.sheet")}>
        <p class="quiet">{t("record.none")}</p>
      </section>
    );
  const { entry } = intervention;
  return (
    <section class="column sheet" aria-label={t("record.sheet")}>
      <ElseWhere />
      <Who entry={entry} />
      <Notice />
      <Tags intervention={intervention} />
      <Words key={entry.id} intervention={intervention} />
      <Quotes intervention={intervention} />
      <Gist key={`gist ${entry.id}`} intervention={intervention} />
    </section>
  );
}

/** Somebody else has the floor than the one who is shown. */
function ElseWhere() {
  const desk = useDesk();
  const running = desk.running.value;
  if (!running || running.entry.id === desk.shown.value?.entry.id) return null;
  return (
    <div class="row elsewhere" role="status">
      <p>{t("record.elsewhere", { name: nameOf(running.entry.who) })}</p>
      <Button class="slim push" hotkey={KEYS.follow} onPress={() => desk.go(null)}>
        {t("record.follow")}
      </Button>
    </div>
  );
}

function Who({ entry }: { entry: TeamEntry }) {
  const { who } = entry;
  const joint = entry.on_behalf_of.map(isolated).join(", ");
  return (
    <div class="who">
      <p class="big-name">
        <PersonName who={who} />
      </p>
      <p class="quiet">
        {placeOf(who) && (
          <>
            <PersonPlace who={who} /> ·{" "}
          </>
        )}
        {t(`constituency.${who.constituency}`)}
        {joint && <> · {t("record.joint", { names: joint })}</>} · <b>{citedText(entry, useDesk())}</b>
        {entry.protected && <> · {t("record.protected")}</>}
      </p>
    </div>
  );
}

function citedText(entry: TeamEntry, desk: ReturnType<typeof useDesk>): string {
  const { who } = entry;
  const means = cited(entry, desk.view.value.segments);
  if (means === "left_out") return t("record.cited.left_out");
  if (means === "nobody") return t("record.cited.nobody");
  if (means === "named") return t("record.cited", { as: [nameOf(who), placeOf(who)].filter(Boolean).join(", ") });
  const place = who.organisation || who.city || (who.country && countryName(who.country));
  if (means === "organisation" && place) return t("record.cited", { as: t("record.cited.of", { place }) });
  return t("record.cited", { as: nameOf({ ...who, alias: true, substitute_for: null }) });
}
