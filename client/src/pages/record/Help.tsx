import { t } from "../../i18n";
import { KeysDialog } from "../../team/KeysDialog";
import { useDesk } from "./desk";
import { KEYS, type KeyAct } from "./model/keys";

export function Help() {
  const acts = Object.keys(KEYS) as KeyAct[];
  return (
    <KeysDialog
      keys={[
        ...acts.map((act) => [[KEYS[act]], t(`record.keys.${act}`)] as const),
        [["Shift", "↑ ↓"], t("record.keys.choose")],
        [["M"], t("record.keys.mark")],
        [["↵"], t("record.keys.quote")],
        [["E"], t("record.keys.edit")],
      ]}
      onClose={useDesk().close}
    />
  );
}
