// The one primary button: it says what will happen, to whom, and what ends with it.
import { useEffect, useState } from "preact/hooks";
import { segmentName } from "../../agenda";
import { Button } from "../../components/Button";
import { t } from "../../i18n";
import { nameOf } from "../../people";
import type { SegmentView, TeamEntry } from "../../wire.gen";
import { useDesk, type Desk } from "./desk";
import { giveFloor, startSegment } from "./model/asks";
import { nextEntries, primary, type Primary } from "./model/may";

/** A press within this time of a change of the floor was meant for what stood there before. */
const SETTLES = 700;

export function PrimaryButton() {
  const desk = useDesk();
  const view = desk.view.value;
  const does = primary(view);
  const settled = useSettled(view.newest_turn);
  const [busy, setBusy] = useState(false);
  if (does.act === "none") return null;
  const held = busy || !settled || !desk.may.value.act;
  const press = async (): Promise<void> => {
    if (held) return;
    setBusy(true);
    await act(desk, does).finally(() => setBusy(false));
  };
  const { main, under } = label(does, view.segments);
  return (
    <>
      <button
        type="button"
        class="button primary big"
        aria-disabled={held}
        aria-busy={busy}
        aria-keyshortcuts="Enter"
        onClick={() => void press()}
      >
        <span class="does">
          <span>{main}</span>
          {under && <span class="under">{under}</span>}
        </span>
        <kbd aria-hidden="true">Enter</kbd>
      </button>
      {does.act === "start_segment" && <Before />}
    </>
  );
}

/** The floor can be given before the next segment begins, too. */
function Before() {
  const desk = useDesk();
  const entry = nextEntries(desk.view.value)[0];
  if (!entry) return null;
  return (
    <Button kind="plain" disabled={!desk.may.value.act} onPress={() => give(desk, entry)}>
      {t("moderator.act.next_waits", { name: nameOf(entry.who) })}
    </Button>
  );
}

const give = (desk: Desk, entry: TeamEntry): Promise<boolean> =>
  desk.ask(giveFloor(desk.view.value, entry.id), "floor");

function act(desk: Desk, does: Primary): Promise<boolean> {
  switch (does.act) {
    case "give_floor":
      return give(desk, does.entry);
    case "start_segment":
      return desk.ask(startSegment(desk.view.value, does.segment.id), "floor");
    case "close_session":
      desk.open({ kind: "close" });
      return Promise.resolve(true);
    case "none":
      return Promise.resolve(false);
    default:
      return desk.ask({ type: does.act }, "floor");
  }
}

function label(does: Primary, segments: readonly SegmentView[]): { main: string; under: string | null } {
  switch (does.act) {
    case "give_floor":
      return {
        main: t("moderator.act.give", { name: nameOf(does.entry.who) }),
        under: does.ends === null ? null : t("moderator.act.give_ends", { name: does.ends }),
      };
    case "start_segment":
      return { main: t("moderator.act.start_segment", { title: segmentName(segments, does.segment) }), under: null };
    case "none":
      return { main: "", under: null };
    default:
      return { main: t(`moderator.act.${does.act}`), under: null };
  }
}

/** False for a moment after `seen` has changed. */
function useSettled(seen: string | null): boolean {
  const [known, setKnown] = useState(seen);
  useEffect(() => {
    const timer = setTimeout(() => setKnown(seen), SETTLES);
    return () => clearTimeout(timer);
  }, [seen]);
  return known === seen;
}
