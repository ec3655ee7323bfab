import { useSignalEffect } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { t } from "../../i18n";
import type { WireCaption } from "../../wire.gen";
import { Below, Empty } from "./Below";
import type { SharedView } from "./model/shared";
import type { Reading } from "./reading";
import type { Scroll } from "./scroll";
import { Article } from "./Text";

/** The text, scrolled by its reader, or kept at its newest line. */
export function Reader(props: { view: SharedView; reading: Reading; scroll: Scroll; hit: number | null }) {
  const { view, reading, scroll, hit } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    scroll.attach(box.current);
    return () => scroll.attach(null);
  }, [scroll]);
  useLayoutEffect(() => scroll.settle());
  useSignalEffect(() => {
    const there = reading.state.value.older && !reading.unreachable.value;
    if (there && scroll.early.value && !scroll.following.value) void reading.older();
  });
  useEffect(() => {
    if (hit === null) return;
    box.current?.querySelector('mark[aria-current="true"]')?.scrollIntoView({ block: "center" });
    scroll.moved();
  }, [hit]);
  const articles = reading.articles.value;
  const { size, face, spacing } = reading.display.value;
  const tail = reading.tail.value?.kind;
  return (
    <div
      ref={box}
      class="captions written"
      role="region"
      aria-label={t("attendee.captions")}
      tabIndex={0}
      data-size={size}
      data-face={face}
      data-spacing={spacing}
      data-live={tail !== "offline" && tail !== "muted"}
      onScroll={() => scroll.moved()}
    >
      <div class="said">
        {articles.length === 0 && <Empty view={view} reading={reading} />}
        {reading.state.value.older && <Earlier reading={reading} />}
        {articles.map((article) => (
          <Article key={article.key} article={article} zone={view.timezone} found={reading.found.value} current={hit} />
        ))}
        {articles.length > 0 && <Below view={view} reading={reading} />}
      </div>
    </div>
  );
}

function Earlier({ reading }: { reading: Reading }) {
  return (
    <p class="earlier">
      {reading.unreachable.value && <span class="quiet">{t("attendee.earlier.unreachable")} </span>}
      <Button kind="plain" onPress={() => reading.older()}>
        {t("attendee.earlier")}
      </Button>
    </p>
  );
}

/** Back to the newest line, and how many came since the reader left it. */
export function Newest({ reading, scroll }: { reading: Reading; scroll: Scroll }) {
  const following = scroll.following.value;
  const { lines } = reading.state.value;
  const [left, setLeft] = useState(lines);
  useEffect(() => setLeft(lines), [following, reading.track.value?.track, lines.length === 0]);
  if (following) return null;
  const since = newSince(left, lines);
  return (
    <Button kind="primary" class="newest" onPress={() => scroll.toNewest()}>
      <span aria-hidden="true">↓</span> {t("attendee.newest")}
      {since.length > 0 && (
        <>
          <span class="count" aria-hidden="true">
            {since.length}
          </span>
          <span class="visually-hidden">{t("attendee.newest.count", { n: since.length })}</span>
        </>
      )}
    </Button>
  );
}

// Neither older pages nor corrections of what was there are new.
function newSince(left: readonly WireCaption[], lines: readonly WireCaption[]): readonly WireCaption[] {
  const known = new Set(left.map(({ id }) => id));
  const newest = left.at(-1)?.spoken_at ?? 0;
  return lines.filter(({ id, spoken_at, status }) => status !== "gap" && spoken_at >= newest && !known.has(id));
}
