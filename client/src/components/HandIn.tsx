// What is handed in: written here, or a file that is chosen or dropped; and its language.
import "./hand-in.css";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { readAloud, sizeText } from "../contributionText";
import { ACCEPTED, bytesOf, kindOf, LARGEST, mediaOf, wordsIn } from "../contributions";
import type { Handing } from "../handing";
import { t } from "../i18n";
import { duration } from "../time";
import { Button } from "./Button";
import { LanguageField } from "./LanguageField";

interface FieldsProps {
  readonly handing: Handing<unknown>;
  /** The session's own languages, offered before all others. */
  readonly languages: readonly string[];
  /** The time that there is to read it out, where there is one. */
  readonly allotted: number | null;
  readonly autoFocus?: boolean;
  readonly children?: ComponentChildren;
}

/** The text or the file, and its language; `children` stand between the two. */
export function HandInFields({ handing, languages, allotted, autoFocus = false, children }: FieldsProps) {
  const { draft, isBusy } = handing;
  const file = handing.file.value;
  const about = useId();
  return (
    <DropZone handing={handing}>
      {file ? (
        <Chosen file={file} handing={handing} />
      ) : (
        <>
          <label class="labelled">
            <span>{t("written.text")}</span>
            <textarea
              class="field"
              rows={7}
              dir="auto"
              autoFocus={autoFocus}
              lang={draft.language ?? undefined}
              readOnly={isBusy}
              aria-describedby={about}
              value={draft.text}
              onInput={(event) => handing.change({ text: event.currentTarget.value })}
            />
          </label>
          <p id={about} class="small quiet">
            <Length text={draft.text} allotted={allotted} />
          </p>
        </>
      )}
      <ChooseFile handing={handing} />
      {children}
      <LanguageField handing={handing} languages={languages} />
    </DropZone>
  );
}

/** How long it is, and whether that fits into the time there is. */
function Length({ text, allotted }: { text: string; allotted: number | null }) {
  const words = wordsIn(text);
  if (words === 0) return <>{t("written.kept")}</>;
  if (bytesOf(text) > LARGEST) return <span class="bad">{t("written.too_long", { size: sizeText(LARGEST) })}</span>;
  if (allotted === null) return <>{t("written.words", { n: words })}</>;
  const needed = readAloud(words);
  const values = { n: words, time: duration(needed), allotted: duration(allotted) };
  return <>{t(needed > allotted ? "written.words.long" : "written.words.fit", values)}</>;
}

function Chosen({ file, handing }: { file: File; handing: Handing<unknown> }) {
  return (
    <div class="chosen">
      <p>
        <b>
          <bdi dir="auto">{file.name}</bdi>
        </b>{" "}
        <span class="small quiet">
          {kindOf(mediaOf(file.name) ?? file.type)} · {sizeText(file.size)}
        </span>
      </p>
      <Button kind="plain" disabled={handing.isBusy} onPress={() => handing.leaveFile()}>
        {t(handing.draft.text.trim() ? "written.file.leave_for_text" : "written.file.leave")}
      </Button>
    </div>
  );
}

function ChooseFile({ handing }: { handing: Handing<unknown> }) {
  const input = useRef<HTMLInputElement>(null);
  const hint = useId();
  const notTaken = handing.notTaken.value;
  return (
    <div class="stack choose-file">
      <div class="row">
        <Button disabled={handing.isBusy} onPress={() => input.current?.click()}>
          {t(handing.file.value ? "written.file.other" : "written.file.choose")}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept={ACCEPTED}
          aria-describedby={hint}
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = "";
            if (file) void handing.choose(file);
          }}
        />
        <p id={hint} class="small quiet">
          {t("written.file.what", { size: sizeText(LARGEST) })}
        </p>
      </div>
      <p class="small bad" role="alert">
        {notTaken && t(`written.not_taken.${notTaken}`, { size: sizeText(LARGEST) })}
      </p>
    </div>
  );
}

/** Whoever drags a file over it sees where it would go. */
function DropZone({ handing, children }: { handing: Handing<unknown>; children: ComponentChildren }) {
  const [over, setOver] = useState(false);
  const holds = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  // One that is dropped beside it must not take the place of the page.
  useEffect(() => {
    const beside = (event: DragEvent): void => {
      if (holds(event)) event.preventDefault();
    };
    addEventListener("dragover", beside);
    addEventListener("drop", beside);
    return () => {
      removeEventListener("dragover", beside);
      removeEventListener("drop", beside);
    };
  }, []);
  return (
    <div
      class="stack drop-zone"
      data-over={over}
      onDragOver={(event) => {
        if (!holds(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        const [file] = event.dataTransfer?.files ?? [];
        if (!file) return;
        event.preventDefault();
        void handing.choose(file);
      }}
    >
      {children}
      {over && (
        <p class="over" aria-hidden="true">
          {t("written.drop")}
        </p>
      )}
    </div>
  );
}
