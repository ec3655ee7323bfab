// The captions as the team watches them: which language is set as spoken, and a line for each feed. What can be done
// about them is in a dialog.
import { Button } from "../../components/Button";
import { Chip } from "../../components/Chip";
import { locale, rich, t } from "../../i18n";
import { languageName } from "../../people";
import type { FeedView, StatusView } from "../../wire.gen";
import { useDesk, words } from "./desk";
import { ownName, tracksOf } from "./feedName";
import { delays, feedStanding, inOrder, problems, waitsToo } from "./model/feeds";

/** Seconds with one figure after the point, as people write it; "< 0.1" for less. */
export function tenths(seconds: number): string {
  const write = new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return seconds < 0.1 ? `< ${write.format(0.1)}` : write.format(seconds);
}

export function Feeds() {
  const desk = useDesk();
  const { status } = desk;
  const { tracks, spoken_language: spoken, state } = desk.view.value;
  const open = state !== "closed";
  if (!open && tracks.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="feeds-title">
      <div class="row">
        <h2 id="feeds-title">{t("moderator.feeds.title")}</h2>
        {open && status && <span class="small quiet">{t("moderator.feeds.readers", { n: status.readers })}</span>}
        <Button
          kind="plain"
          class="push slim"
          hotkey="C"
          label={t("moderator.feeds.details_of")}
          onPress={() => desk.open({ kind: "captions", part: open ? "feeds" : "lines" })}
        >
          {t("moderator.feeds.details")}
        </Button>
      </div>
      {open && spoken !== null && tracks.length > 0 && (
        <p class="small quiet">
          {rich("moderator.spoken.now", { language: <b key="language">{languageName(spoken)}</b> })}
        </p>
      )}
      {open && <Lines status={status} />}
    </section>
  );
}

function Lines({ status }: { status: StatusView | null }) {
  const desk = useDesk();
  if (!status) return <p class="small quiet">{t("moderator.feeds.waiting")}</p>;
  if (status.feeds.length === 0) return <p class="small quiet">{t("moderator.feeds.none")}</p>;
  const feeds = inOrder(status.feeds, desk.view.value.tracks);
  return (
    <>
      <ul class="feeds small">
        {feeds.map((feed) => (
          <Line key={feed.feed} feed={feed} status={status} />
        ))}
      </ul>
      {problems(feeds).map(({ problem, feeds: troubled }) => (
        <p key={problem} class="problem small">
          {troubled.length > FEW
            ? t("moderator.feeds.several", { n: troubled.length })
            : troubled.map(tracksOf).join(", ")}
          {": "}
          <bdi dir="auto">{problem}</bdi>
        </p>
      ))}
    </>
  );
}

/** So many feeds are named when the same troubles them. */
const FEW = 2;

function Line({ feed, status }: { feed: FeedView; status: StatusView }) {
  const own = ownName(feed);
  const late = delays(feed, tenths);
  return (
    <li>
      <FeedChip feed={feed} status={status} />
      <span class="one-line" title={own ?? undefined}>
        {tracksOf(feed)}
        {waitsToo(feed) && <> · {t("moderator.feeds.standby")}</>}
        {own && (
          <span class="faint">
            {" · "}
            <bdi dir="auto">{own}</bdi>
          </span>
        )}
      </span>
      {late && (
        <span class="quiet late">
          <span aria-hidden="true">{words(late.short)}</span>
          <span class="visually-hidden">{words(late.whole)}</span>
        </span>
      )}
    </li>
  );
}

export function FeedChip({ feed, status }: { feed: FeedView; status: StatusView }) {
  const desk = useDesk();
  const { tone, shape, say } = feedStanding(feed, status, desk.writing.value);
  return (
    <Chip {...(tone ? { tone } : {})} shape={shape}>
      {words(say)}
    </Chip>
  );
}
