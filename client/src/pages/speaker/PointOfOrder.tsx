import { useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { t } from "../../i18n";
import type { Desk } from "./desk";
import { orderSegment, type Situation } from "./model";

/** Procedure goes before the list: asked once more, because everyone else waits for it. */
export function PointOfOrder({ desk, now }: { desk: Desk; now: Situation }) {
  const [open, setOpen] = useState(false);
  const segment = orderSegment(desk.view);
  if (!segment || now.kind === "next" || now.kind === "called" || now.kind === "interrupted") return null;
  const close = () => setOpen(false);
  const raise = async (): Promise<void> => {
    await desk.send({ type: "request_floor", segment: segment.id, kind: "point_of_order" });
    close();
  };
  return (
    <div class="order">
      <Button kind="plain" disabled={!desk.writable} onPress={() => setOpen(true)}>
        {t("speaker.order")}
      </Button>
      {open && (
        <Dialog title={t("speaker.order.title")} onClose={close}>
          <p class="quiet">{t("speaker.order.what")}</p>
          <div class="actions">
            <Button onPress={close}>{t("cancel")}</Button>
            <Button kind="primary" disabled={!desk.writable} onPress={raise}>
              {t("speaker.order.raise")}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
