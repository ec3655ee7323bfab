import { placeInAgenda } from "../../agenda";
import { Chip } from "../../components/Chip";
import { Mark } from "../../components/Mark";
import { RecordStatus } from "../../components/RecordStatus";
import { locale, t } from "../../i18n";
import { timeWithSeconds, zoneName } from "../../time";
import { PARTS, useDesk } from "./desk";
import { KEYS } from "./model/keys";

export function Header() {
  const desk = useDesk();
  const { title, state, rehearsal, segments, segment, timezone } = desk.view.value;
  const current = segments.find(({ id }) => id === segment);
  return (
    <header>
      <Mark />
      <h1 title={title}>
        <bdi dir="auto">{title}</bdi>
      </h1>
      <nav aria-label={t("record.parts")}>
        {PARTS.map((part) => (
          <a key={part} href={`#${part}`} aria-current={desk.part.value === part ? "page" : undefined}>
            {t(`${part}.heading`)}
          </a>
        ))}
      </nav>
      <Chip class="state">{t(`state.${state}`)}</Chip>
      {rehearsal && (
        <Chip tone="warn" shape="warning">
          {t("rehearsal")}
        </Chip>
      )}
      {current && state !== "closed" && (
        <p class="small quiet part">
          <bdi dir="auto">{placeInAgenda(segments, current)}</bdi> · <RecordStatus view={desk.view.value} />
        </p>
      )}
      <div class="ends">
        <Others />
        <Saved />
        <p class="now">
          <time dir="ltr">{timeWithSeconds(desk.now, timezone, locale())}</time>{" "}
          <span class="quiet small">{zoneName(desk.now, timezone, locale())}</span>
        </p>
        <button
          type="button"
          class="button plain keys-button"
          aria-keyshortcuts={KEYS.help}
          aria-label={t("record.help")}
          title={t("record.help")}
          onClick={() => (desk.opened.value = "help")}
        >
          <kbd aria-hidden="true">{KEYS.help}</kbd>
        </button>
      </div>
    </header>
  );
}

/** Whether another rapporteur is here, whose changes appear too. */
function Others() {
  const desk = useDesk();
  const people = desk.connection.status.value?.people ?? [];
  const here = people.filter(({ role, connections }) => role === "rapporteur" && connections > 0);
  if (here.length < 2) return null;
  const names = new Intl.ListFormat(locale()).format(here.map(({ name }) => name));
  return (
    <p class="small quiet others" title={names}>
      {t("record.here", { n: here.length })}
    </p>
  );
}

/** Of what was typed, not of the connection alone: whoever leaves wants to know that nothing is left behind. */
function Saved() {
  const desk = useDesk();
  const unsaved = desk.gists.unsaved.value;
  const corrections = desk.corrections.all.value.size;
  const why = desk.why.value;
  if (unsaved + corrections > 0)
    return (
      <Chip tone="warn" shape="ring" class="saved">
        {t(why || corrections > 0 ? "record.kept_here" : "record.saving")}
      </Chip>
    );
  if (why)
    return (
      <Chip tone={why === "role" ? "accent" : "warn"} shape="pause" class="saved">
        {t("record.read_only")}
      </Chip>
    );
  return (
    <Chip tone="go" shape="check" class="saved">
      {t("record.all_saved")}
    </Chip>
  );
}
