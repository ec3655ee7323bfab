import { t } from "../../../i18n";
import { KeysDialog } from "../../../team/KeysDialog";
import { useDesk } from "../desk";
import { KEYS, type KeyAct } from "../model/keys";

export function Help() {
  const acts = Object.keys(KEYS) as KeyAct[];
  return (
    <KeysDialog
      keys={[
        ...acts.map((act) => [[KEYS[act]], t(`moderator.help.${act}`)] as const),
        [["↑", "↓"], t("moderator.help.rows")],
        [["Alt", "↑ ↓"], t("moderator.help.move")],
      ]}
      onClose={useDesk().close}
    />
  );
}
