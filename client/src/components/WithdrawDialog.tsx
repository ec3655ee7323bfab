import { useState } from "preact/hooks";
import { problemText } from "../contributionText";
import type { Problem } from "../contributions";
import { t } from "../i18n";
import { Button } from "./Button";
import { Dialog } from "./Dialog";

interface Props {
  /** What it is, in a sentence's part. */
  readonly what: string;
  readonly canAsk: boolean;
  readonly onClose: () => void;
  readonly withdraw: () => Promise<Problem | null>;
}

/** Asked once more: what is withdrawn is removed for everybody. */
export function WithdrawDialog({ what, canAsk, onClose, withdraw }: Props) {
  const [problem, setProblem] = useState("");
  const ask = async (): Promise<void> => {
    const refused = await withdraw();
    if (refused) setProblem(problemText(refused));
    else onClose();
  };
  return (
    <Dialog title={t("written.withdraw.title")} onClose={onClose}>
      <p>{what}</p>
      <p class="quiet">{t("written.withdraw.what")}</p>
      <p class="small bad" role="status">
        {canAsk ? problem : t("written.unreachable")}
      </p>
      <div class="actions">
        <Button onPress={onClose}>{t("written.withdraw.keep")}</Button>
        <Button kind="stop" disabled={!canAsk} onPress={ask}>
          {t("written.withdraw.do")}
        </Button>
      </div>
    </Dialog>
  );
}
