import { Chip, type Tone } from "../../components/Chip";
import type { ShapeName } from "../../components/Shape";
import { locale, t } from "../../i18n";
import { languageName } from "../../people";
import { duration } from "../../time";
import type { FeedView } from "../../wire.gen";
import { useDesk } from "./desk";
import { Parts } from "./Row";

const STATES: Readonly<Record<FeedView["state"], readonly [Tone | undefined, ShapeName]>> = {
  ok: ["go", "dot"],
  silent: ["warn", "quarter"],
  muted: [undefined, "pause"],
  never: [undefined, "ring"],
};

/** The caption feeds and how they are: facts of this moment. */
export function Feeds() {
  const desk = useDesk();
  const { status } = desk;
  return (
    <div class="stack">
      <div class="row">
        <h2>{t("moderator.feeds.title")}</h2>
        {status && <span class="push small quiet">{t("moderator.feeds.readers", { n: status.readers })}</span>}
      </div>
      {!status && <p class="small quiet">{t("moderator.feeds.waiting")}</p>}
      {status?.feeds.length === 0 && <p class="small quiet">{t("moderator.feeds.none")}</p>}
      <ul class="feeds small">
        {status?.feeds.map((feed) => (
          <Feed key={feed.feed} feed={feed} />
        ))}
      </ul>
    </div>
  );
}

function Feed({ feed }: { feed: FeedView }) {
  const desk = useDesk();
  const [tone, shape] = STATES[feed.state];
  const silentFor = Math.max(0, (desk.status?.at ?? 0) - (feed.last_at ?? 0));
  const seconds = new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const tracks = feed.tracks
    .map((x) => (x === "floor" ? t("moderator.feeds.floor") : languageName(x)))
    .filter((track) => !feed.name.toLowerCase().includes(track.toLowerCase()));
  return (
    <li>
      <Chip {...(tone ? { tone } : {})} shape={shape}>
        {feed.state === "silent"
          ? t("moderator.feeds.silent", { time: duration(silentFor) })
          : t(`moderator.feeds.${feed.state}`)}
      </Chip>
      <span class="whole">
        <Parts parts={[feed.name, tracks.join(", ")]} />
      </span>
      {feed.state === "ok" && feed.delay !== null && (
        <span class="quiet">{t("moderator.feeds.delay", { n: seconds.format(feed.delay / 1_000) })}</span>
      )}
      {feed.dropped > 0 && <span class="quiet">{t("moderator.feeds.dropped", { n: feed.dropped })}</span>}
    </li>
  );
}
