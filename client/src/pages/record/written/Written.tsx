// Written contributions: what came, for whom it can be handed in, and whom to ask.
import "./written.css";
import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../../components/Button";
import { HandInState } from "../../../components/HandInState";
import { sizeText } from "../../../contributionText";
import { CEILING } from "../../../contributions";
import { t } from "../../../i18n";
import { useDesk } from "../desk";
import { AskList } from "./AskList";
import { Deadlines } from "./Deadlines";
import { HandInDialog } from "./HandInDialog";
import { postOf } from "./handIn";
import { Item } from "./Item";
import { came, room } from "./model";

/** From here on the room is worth a word. */
const LITTLE = CEILING / 10;

export function Written() {
  const desk = useDesk();
  const { handing, isOpen } = postOf(desk);
  useEffect(() => effect(() => void (desk.connection.writable.value && handing.nudge())), [handing]);
  useFocusBack(isOpen.value);
  const all = came(desk.view.value);
  const isBegun = handing.draft.text !== "" || handing.file.value !== null;
  return (
    <div class="written-part">
      <section class="column" aria-labelledby="written">
        <div class="row headed">
          <div>
            <h2 id="written" tabIndex={-1}>
              {all.length > 0 ? t("written.came", { n: all.length }) : t("written.heading")}
            </h2>
            <RoomLeft />
          </div>
          <Button class="push" onPress={() => (isOpen.value = true)}>
            {t(isBegun ? "written.hand_in.go_on" : "written.hand_in")}
          </Button>
        </div>
        {!isOpen.value && <HandInState handing={handing} received={t("written.hand_in.done")} />}
        {all.length === 0 && <p class="quiet">{t("written.none")}</p>}
        <ul class="came">
          {all.map((each) => (
            <Item key={each.one.id} came={each} />
          ))}
        </ul>
      </section>
      <div class="column">
        <AskList />
        <Deadlines />
      </div>
      {isOpen.value && <HandInDialog />}
    </div>
  );
}

/** Where the dialog was opened from may be gone with what was handed in: then the focus is on the list that it was in. */
function useFocusBack(isOpen: boolean): void {
  const wasOpen = useRef(false);
  useEffect(() => {
    const closed = wasOpen.current && !isOpen;
    wasOpen.current = isOpen;
    if (!closed) return;
    // the dialog gives it back first
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) document.getElementById("written-ask")?.focus();
    }, 50);
    return () => clearTimeout(timer);
  }, [isOpen]);
}

function RoomLeft() {
  const { used, left } = room(useDesk().view.value);
  if (used === 0) return null;
  const values = { used: sizeText(used), left: sizeText(left), all: sizeText(CEILING) };
  if (left < LITTLE) return <p class="small bad">{t("written.room.little", values)}</p>;
  return <p class="small quiet">{t("written.room", values)}</p>;
}
