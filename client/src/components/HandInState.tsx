import { useEffect } from "preact/hooks";
import { problemText } from "../contributionText";
import type { Handing, State } from "../handing";
import { t } from "../i18n";
import { Button } from "./Button";
import { Shape } from "./Shape";

/** How it goes; a person who does not see hears its beginning and its end, not each figure. */
export function HandInState({ handing, received }: { handing: Handing<unknown>; received: string }) {
  const state = handing.state.value;
  const { isBusy } = handing;
  // A file is in this page alone: whoever leaves is asked first.
  useEffect(() => {
    if (!isBusy) return;
    const leaving = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", leaving);
    return () => removeEventListener("beforeunload", leaving);
  }, [isBusy]);
  return (
    <div class="hand-in-state" data-state={state.kind}>
      <p class="small" role="status">
        {state.kind === "received" && <Shape name="check" />}
        {state.kind === "waiting" && <Shape name="warning" />}
        {said(state, received)}
      </p>
      {state.kind === "sending" && (
        <progress max={1} value={state.total > 0 ? state.sent / state.total : 0} aria-label={t("written.sending")} />
      )}
      {isBusy && (
        <Button kind="plain" onPress={() => handing.cancel()}>
          {t("written.cancel")}
        </Button>
      )}
    </div>
  );
}

function said(state: State, received: string): string {
  switch (state.kind) {
    case "idle":
      return "";
    case "sending":
      return t("written.sending");
    case "waiting":
      return t("written.waiting");
    case "refused":
      return problemText(state.problem);
    case "received":
      return received;
  }
}
