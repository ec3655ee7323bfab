import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { LiveRegion } from "../../components/LiveRegion";
import { t } from "../../i18n";
import { openDeadlines } from "./model/agenda";
import { noticesBetween, type Notice } from "./model/notices";
import type { SharedView } from "./model/shared";
import { deadlineText, noticeText } from "./model/words";

const SHOWN = 3;

/** What changed for everyone; each stays until its reader puts it away, or a newer one says otherwise. */
export function Notices({ view }: { view: ReadonlySignal<SharedView> }) {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  useEffect(() => {
    let before = view.peek();
    return view.subscribe((now) => {
      const fresh = noticesBetween(before, now);
      before = now;
      if (fresh.length > 0) setNotices((shown) => withFresh(shown, fresh));
    });
  }, [view]);
  const told = (notice: Notice) => sentencesOf(notice, view.value).join(" ");
  const newest = notices.at(-1);
  return (
    <>
      <LiveRegion text={newest ? told(newest) : ""} />
      {notices.length > 0 && (
        <ul class="notices">
          {notices.map((notice) => (
            <li key={notice.kind}>
              <span>{told(notice)}</span>
              <Button kind="plain" onPress={() => setNotices((shown) => shown.filter((one) => one !== notice))}>
                {t("ok")}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function withFresh(shown: readonly Notice[], fresh: readonly Notice[]): Notice[] {
  const still = shown.filter((old) => !fresh.some((one) => replaces(one, old)));
  return [...still, ...fresh].slice(-SHOWN);
}

function sentencesOf(notice: Notice, view: SharedView): string[] {
  const further = notice.kind === "closed" ? openDeadlines(view, view.at).map((deadline) => deadlineText(deadline)) : [];
  return [noticeText(notice, view.timezone), ...further];
}

// With the end of the session all that was announced before is no news.
function replaces(fresh: Notice, old: Notice): boolean {
  return fresh.kind === "closed" || SUBJECT[fresh.kind] === SUBJECT[old.kind];
}

const SUBJECT: Readonly<Record<Notice["kind"], string>> = {
  limit: "limit",
  list_closed: "list",
  list_reopened: "list",
  suspended: "state",
  resumed: "state",
  closed: "state",
  moved: "end",
  recording: "recording",
  chatham_house: "chatham_house",
};
