import { Chip } from "../../../components/Chip";
import { locale, t } from "../../../i18n";
import { differ, longDay, timeOfDay, zoneName } from "../../../time";
import type { WrittenInputView } from "../../../wire.gen";
import { useDesk } from "../desk";

/** Until when written input is taken, each with its zone and where that is said (S3). */
export function Deadlines() {
  const desk = useDesk();
  const { written_input: deadlines } = desk.view.value;
  return (
    <section class="stack" aria-labelledby="written-deadlines">
      <h2 id="written-deadlines">{t("written.deadlines")}</h2>
      {deadlines.length === 0 && <p class="small quiet">{t("written.deadline.none")}</p>}
      <ul class="stack small">
        {deadlines.map((each) => (
          <Deadline key={`${each.at} ${each.source}`} deadline={each} />
        ))}
      </ul>
    </section>
  );
}

function Deadline({ deadline: { at, timezone, source } }: { deadline: WrittenInputView }) {
  const desk = useDesk();
  const { timezone: own } = desk.view.value;
  return (
    <li>
      <p>
        <b>{t("written.deadline", said(at, timezone))}</b> {at <= desk.now && <Chip>{t("written.deadline.over")}</Chip>}
      </p>
      {differ(at, timezone, own) && <p class="quiet">{t("written.deadline.session", said(at, own))}</p>}
      <p class="quiet">{t("written.deadline.source", { source })}</p>
    </li>
  );
}

function said(at: number, zone: string): { day: string; time: string; zone: string } {
  return { day: longDay(at, zone, locale()), time: timeOfDay(at, zone, locale()), zone: zoneName(at, zone, locale()) };
}
