import { Button } from "../../components/Button";
import { t } from "../../i18n";
import { nameOf } from "../../people";
import { duration } from "../../time";
import type { Command } from "../../wire.gen";
import { useDesk } from "./desk";
import { Menu } from "./Menu";
import { connectionLost, interruptIn } from "./model/floor";
import { floorActs } from "./model/may";

const REASONS = ["sound", "interpretation", "disorder", "connection", "other"] as const;
const STEP = 30_000;

export function FloorActs() {
  const desk = useDesk();
  const view = desk.view.value;
  const { floor } = view;
  if (!floor) return null;
  const can = floorActs(view, desk.may.value, desk.now);
  const turn = floor.turn;
  const ask = (command: Command): Promise<boolean> => desk.ask(command, "floor");
  return (
    <>
      <Lost />
      <div class="acts">
        {floor.paused_at === null ? (
          <Menu
            hotkey="P"
            title={t("moderator.pause.why")}
            disabled={!can.pause}
            items={REASONS.map((reason) => ({
              key: reason,
              text: t(`moderator.pause.${reason}`),
              act: () => ask({ type: "pause_turn", turn, reason }),
            }))}
          >
            {t("moderator.act.pause")}
          </Menu>
        ) : (
          <Button hotkey="P" disabled={!can.resume} onPress={() => ask({ type: "resume_turn", turn })}>
            {t("moderator.act.resume")}
          </Button>
        )}
        <Button counts hotkey="+" disabled={!can.extend} onPress={() => ask({ type: "extend_turn", turn, by: STEP })}>
          {t("moderator.act.plus")}
        </Button>
        <Button counts hotkey="-" disabled={!can.shorten} onPress={() => ask({ type: "extend_turn", turn, by: -STEP })}>
          {t("moderator.act.minus")}
        </Button>
        <Button kind="stop" hotkey="E" disabled={!can.end} onPress={() => ask({ type: "end_turn", turn })}>
          {t("moderator.act.end")}
        </Button>
      </div>
      <Interrupt can={can.interrupt} />
    </>
  );
}

/** T9: the page of who speaks is gone. */
function Lost() {
  const desk = useDesk();
  const view = desk.view.value;
  const { floor } = view;
  if (!floor || !connectionLost(view, desk.status)) return null;
  const pause = (): Promise<boolean> =>
    desk.ask({ type: "pause_turn", turn: floor.turn, reason: "connection" }, "floor");
  return (
    <div class="lost">
      <p>{t("moderator.lost.title", { name: nameOf(floor.who) })}</p>
      <Button disabled={!desk.may.value.act} onPress={pause}>
        {t("moderator.lost.pause")}
      </Button>
    </div>
  );
}

function Interrupt({ can }: { can: boolean }) {
  const desk = useDesk();
  const view = desk.view.value;
  const wait = interruptIn(view, desk.now);
  const { floor } = view;
  const left = floor?.left ?? 0;
  if (!floor || wait === null || left <= 0) return null;
  if (wait > 0) {
    const times = { time: duration(wait), time_left: duration(left) };
    return <p class="small quiet">{t("moderator.act.interrupt_in", times)}</p>;
  }
  return (
    <Button disabled={!can} onPress={() => desk.ask({ type: "interrupt_turn", turn: floor.turn }, "floor")}>
      {t("moderator.act.interrupt", { time: duration(left) })}
    </Button>
  );
}
