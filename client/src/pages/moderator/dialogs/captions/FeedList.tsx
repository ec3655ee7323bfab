import { Button } from "../../../../components/Button";
import { t } from "../../../../i18n";
import type { Command, FeedView, StatusView } from "../../../../wire.gen";
import { useDesk, words } from "../../desk";
import { FeedChip, tenths } from "../../Feeds";
import { feedName, ownName, tracksOf } from "../../feedName";
import { delays, hasConnection, inOrder, lastAgo, waitsToo } from "../../model/feeds";
import { acts } from "../../model/may";

/** Each feed: what it sent last and when, how late it is, and what can be done with it. */
export function FeedList() {
  const desk = useDesk();
  const { status } = desk;
  const { tracks } = desk.view.value;
  return (
    <section class="stack">
      <h3>{t("moderator.captions.feeds")}</h3>
      {!status && <p class="quiet">{t("moderator.feeds.waiting")}</p>}
      {status?.feeds.length === 0 && <p class="quiet">{t("moderator.feeds.none")}</p>}
      <ul class="feed-list">
        {status && inOrder(status.feeds, tracks).map((feed) => <Feed key={feed.feed} feed={feed} status={status} />)}
      </ul>
    </section>
  );
}

function Feed({ feed, status }: { feed: FeedView; status: StatusView }) {
  const { duration } = useDesk().writing.value;
  const own = ownName(feed);
  return (
    <li>
      <p class="row feed-head">
        <b>{tracksOf(feed)}</b>
        {own && (
          <span class="quiet">
            <bdi dir="auto">{own}</bdi>
          </span>
        )}
        <FeedChip feed={feed} status={status} />
      </p>
      {feed.problem && (
        <p class={feed.link === "connecting" ? "quiet" : "problem"} dir="auto">
          {feed.problem}
        </p>
      )}
      {feed.last_line && (
        <p lang={feed.language} dir="auto" class="last-line">
          {feed.last_line}
        </p>
      )}
      <div class="row feed-foot">
        <p class="small quiet">{facts(feed, status, duration).join(" · ")}</p>
        <Acts feed={feed} />
      </div>
    </li>
  );
}

/** When it sent something last, how late it is, what was lost of what readers should have got, and where it is from. */
function facts(feed: FeedView, status: StatusView, duration: (ms: number) => string): string[] {
  const ago = lastAgo(feed, status);
  const late = delays(feed, tenths);
  return [
    ...(waitsToo(feed) ? [t("moderator.feeds.standby")] : []),
    ago === null ? t("moderator.feeds.never") : t("moderator.feeds.last_ago", { time: duration(ago) }),
    ...(late ? [words(late.whole)] : []),
    ...(feed.source && feed.dropped > 0 ? [t("moderator.feeds.dropped", { n: feed.dropped })] : []),
    ...(feed.pulled ? [t(`moderator.feeds.from.${feed.pulled}`)] : []),
  ];
}

function Acts({ feed }: { feed: FeedView }) {
  const desk = useDesk();
  if (!acts(desk.view.value)) return null;
  const off = !desk.may.value.act;
  const name = feedName(feed) ?? "";
  const act = (type: "hear_feed" | "mute_feed" | "reconnect_feed"): Promise<boolean> =>
    desk.ask({ type, feed: feed.feed } satisfies Command, "dialog");
  return (
    <div class="cues">
      {feed.source ? (
        <Button
          class="slim"
          disabled={off}
          label={t("moderator.feeds.mute_it", { name })}
          onPress={() => act("mute_feed")}
        >
          {t("moderator.feeds.mute")}
        </Button>
      ) : (
        <Button
          class="slim"
          disabled={off}
          label={t("moderator.feeds.use_it", { name })}
          onPress={() => act("hear_feed")}
        >
          {t("moderator.feeds.use")}
        </Button>
      )}
      {hasConnection(feed) && (
        <Button
          class="slim"
          disabled={off}
          label={t("moderator.feeds.reconnect_it", { name })}
          onPress={() => act("reconnect_feed")}
        >
          {t("moderator.feeds.reconnect")}
        </Button>
      )}
    </div>
  );
}
