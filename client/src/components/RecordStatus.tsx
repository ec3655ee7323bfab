import { t } from "../i18n";
import type { SegmentView, SharedView } from "../wire.gen";

/** Whether what is said now is recorded, and under which rule: always visible, in words (R6). */
export function RecordStatus({ view }: { view: SharedView }) {
  const segment = view.segments.find(({ id }) => id === view.segment);
  return segment ? <span class="record-status">{recordWords(segment)}</span> : null;
}

export function recordWords({ recording, chatham_house }: SegmentView): string {
  const words = t(recording ? "record.on" : "record.off");
  return chatham_house ? `${words} · ${t("record.chatham_house")}` : words;
}
