import type { ComponentChildren } from "preact";
import { t } from "../i18n";
import type { Connection } from "../connection";
import { Shape, type ShapeName } from "./Shape";
import type { Tone } from "./Chip";

/** One line across the page about a state that concerns all of it. */
export function Banner(props: { tone: Tone; shape?: ShapeName; children: ComponentChildren }) {
  return (
    <div class={`banner ${props.tone}`} role="status">
      <Shape name={props.shape ?? "warning"} />
      <div>{props.children}</div>
    </div>
  );
}

/** Why what is seen may be old, or why nothing can be changed now; nothing while all is well. */
export function LinkBanner({ connection }: { connection: Connection }) {
  const { state } = connection.link.value;
  if (state === "reconnecting" || state === "connecting") return <Banner tone="warn">{t("link.reconnecting")}</Banner>;
  if (connection.engineAway.value) return <Banner tone="warn">{t("link.engine_away")}</Banner>;
  return null;
}
