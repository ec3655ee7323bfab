import { useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { language, t } from "../../i18n";
import { save } from "../../save";
import { fetchTranscript, fileName, FORMATS, NotSaved, type Format, type Transcript } from "./model/saving";
import { machineText, trackText } from "./model/words";
import type { Reading } from "./reading";

interface SaveProps {
  readonly reading: Reading;
  readonly session: string;
  readonly token: string;
  readonly onClose: () => void;
}

type Outcome = { readonly done: boolean; readonly text: string } | null;

/** The transcript so far, in the language that is read, to keep. */
export function SaveDialog({ reading, session, token, onClose }: SaveProps) {
  const [outcome, setOutcome] = useState<Outcome>(null);
  const track = reading.track.value;
  if (!track) return null;
  const from: Transcript = { session, token, track: track.track };
  const written = track.track === "floor" ? language.value : track.language;
  const told = (act: () => Promise<string>) => async () => {
    setOutcome(null);
    setOutcome(await act().then(succeeded, failed));
  };
  return (
    <Dialog title={t("attendee.save.title")} class="saving" onClose={onClose}>
      <p>
        {t("attendee.save.what")} <b lang={written}>{trackText(track)}</b>
      </p>
      <div class="row wrapped">
        <Button kind="primary" onPress={told(() => copy(from))}>
          {t("attendee.save.copy")}
        </Button>
      </div>
      <div class="row wrapped" role="group" aria-labelledby="download">
        <b id="download">{t("attendee.save.download")}</b>
        {FORMATS.map((format) => (
          <Button key={format} onPress={told(() => download(from, format))}>
            {t(`attendee.save.${format}`)}
          </Button>
        ))}
      </div>
      <p class="outcome" role="status" data-done={outcome?.done}>
        {outcome?.text}
      </p>
      <p class="small quiet">
        {t("attendee.save.left_out")} {machineText(reading.made.value)}
      </p>
      <div class="actions">
        <Button onPress={onClose}>{t("attendee.close")}</Button>
      </div>
    </Dialog>
  );
}

const succeeded = (text: string): Outcome => ({ done: true, text });
const failed = (problem: unknown): Outcome => ({ done: false, text: problemText(problem) });

// The text is promised to the clipboard at the press itself: some browsers let nobody write there later.
async function copy(from: Transcript): Promise<string> {
  if (!("clipboard" in navigator)) throw new ClipboardRefused();
  const text = fetchTranscript(from, "txt").then((file) => new Blob([file], { type: "text/plain" }));
  const problem = text.then(
    () => new ClipboardRefused(),
    (reason: unknown) => reason,
  );
  await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]).catch(async () => {
    throw await problem;
  });
  return t("attendee.save.copied");
}

async function download(from: Transcript, format: Format): Promise<string> {
  const name = fileName(from, format);
  save(await fetchTranscript(from, format), name);
  return t("attendee.save.downloaded", { name });
}

class ClipboardRefused extends Error {}

function problemText(problem: unknown): string {
  if (problem instanceof ClipboardRefused) return t("attendee.save.no_clipboard");
  const code = problem instanceof NotSaved ? problem.code : null;
  return code ? t(`error.${code}`) : t("attendee.save.unreachable");
}
