import { useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { t } from "../../i18n";
import type { OwnEntry } from "../../wire.gen";
import type { Desk } from "./desk";

/** "I can't speak now": to the end of the topic, or off the list; asked once more, because both lose the place. */
export function Cannot({ desk, entry, plain = false }: { desk: Desk; entry: OwnEntry; plain?: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button {...(plain ? { kind: "plain" } : { big: true })} disabled={!desk.writable} onPress={() => setOpen(true)}>
        {t("speaker.cannot")}
      </Button>
      {open && <CannotDialog desk={desk} entry={entry} onClose={() => setOpen(false)} />}
    </>
  );
}

function CannotDialog({ desk, entry, onClose }: { desk: Desk; entry: OwnEntry; onClose: () => void }) {
  const ask = async (type: "defer" | "withdraw"): Promise<void> => {
    await desk.send({ type, entry: entry.id, status: entry.status });
    onClose();
  };
  return (
    <Dialog title={t("speaker.cannot.title")} onClose={onClose}>
      <p class="quiet">{t("speaker.cannot.what")}</p>
      {entry.status !== "late" && entry.kind === "statement" && (
        <div class="option">
          <Button big onPress={() => ask("defer")}>
            {t("speaker.defer")}
          </Button>
          <p class="small quiet">{t("speaker.defer.what")}</p>
        </div>
      )}
      <div class="option">
        <Button big kind="stop" onPress={() => ask("withdraw")}>
          {t("speaker.withdraw")}
        </Button>
        <p class="small quiet">{t("speaker.withdraw.what")}</p>
      </div>
      <Button kind="plain" onPress={onClose}>
        {t("speaker.keep")}
      </Button>
    </Dialog>
  );
}
