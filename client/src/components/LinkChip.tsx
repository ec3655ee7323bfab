import { t } from "../i18n";
import type { Connection } from "../connection";
import { Chip } from "./Chip";

/** Whether this page is connected, in two words. */
export function LinkChip({ connection }: { connection: Connection }) {
  const live = connection.link.value.state === "live";
  if (!live)
    return (
      <Chip tone="warn" shape="ring">
        {t("link.chip.reconnecting")}
      </Chip>
    );
  if (connection.engineAway.value)
    return (
      <Chip tone="warn" shape="pause">
        {t("link.chip.engine_away")}
      </Chip>
    );
  return (
    <Chip tone="go" shape="dot">
      {t("link.chip.live")}
    </Chip>
  );
}
