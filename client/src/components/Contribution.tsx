// One that came in writing, as its author and the team see it: what it is, and its words in place.
import type { RefObject } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { sizeText } from "../contributionText";
import { kindOf, nameOfFile, PLAIN, type Contributions } from "../contributions";
import { t } from "../i18n";
import { languageName } from "../people";
import { save } from "../save";
import { Button } from "./Button";

export interface Received {
  readonly id: string;
  readonly language: string | null;
  readonly words: number;
  readonly size: number;
  readonly media: string;
}

/** "Spanish · 352 words"; "PDF · 240 kB". */
export function factsOf({ language, words, size, media }: Received): string {
  const much = media === PLAIN ? [t("written.words", { n: words })] : [kindOf(media), sizeText(size)];
  return [language && languageName(language), ...much].filter(Boolean).join(" · ");
}

interface KeptFocus {
  readonly item: RefObject<HTMLLIElement | null>;
  /** That it goes because of what was done in it: the focus may be nowhere by then. */
  readonly goes: () => void;
}

/** For an item of a list: when it goes, the focus that was in it is on its section's heading, and not lost. */
export function useKeptFocus(): KeptFocus {
  const item = useRef<HTMLLIElement>(null);
  const isOwn = useRef(false);
  useLayoutEffect(
    () => () => {
      const { current } = item;
      const heading = current?.closest("section")?.querySelector("h2");
      const isLost = isOwn.current && document.activeElement === document.body;
      // after a dialog of its own has gone with it, which lets nothing else have the focus
      if (isLost || current?.contains(document.activeElement)) queueMicrotask(() => heading?.focus());
    },
    [],
  );
  return { item, goes: () => void (isOwn.current = true) };
}

interface OpenProps {
  readonly one: Received;
  readonly session: string;
  readonly contributions: Contributions;
  /** Whose it is, for those who do not see the row that the button stands in. */
  readonly whose: string;
}

/** A text is read in place; any other file is saved, as it came. */
export function Open(props: OpenProps) {
  return props.one.media === PLAIN ? <Read {...props} /> : <Download {...props} />;
}

function Download({ one, session, contributions, whose }: OpenProps) {
  const [failed, setFailed] = useState(false);
  const get = async (): Promise<void> => {
    const file = await contributions.file(one.id).catch(() => null);
    setFailed(file === null);
    if (file) save(file, nameOfFile(session, one.id, one.media));
  };
  return (
    <>
      <Button kind="plain" label={t("written.download.of", { name: whose })} onPress={get}>
        {t("written.download")}
      </Button>
      <span class="small bad" role="status">
        {failed && t("written.unread")}
      </span>
    </>
  );
}

function Read({ one, contributions, whose }: OpenProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        class="button plain"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={t(isOpen ? "written.close.of" : "written.read.of", { name: whose })}
        onClick={() => setOpen(!isOpen)}
      >
        {t(isOpen ? "written.close" : "written.read")}
      </button>
      <div id={id} class="opened" hidden={!isOpen}>
        {isOpen && <Words one={one} contributions={contributions} whose={whose} />}
      </div>
    </>
  );
}

function Words({ one, contributions, whose }: Omit<OpenProps, "session">) {
  const [text, setText] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);
  const read = (): void => {
    setMissing(false);
    contributions.text(one.id).then(setText, () => setMissing(true));
  };
  useEffect(read, [one.id]);
  if (isMissing)
    return (
      <p class="small" role="status">
        {t("written.unread")}{" "}
        <Button kind="plain" onPress={read}>
          {t("written.again")}
        </Button>
      </p>
    );
  if (text === null) return <p class="small quiet">{t("written.reading")}</p>;
  return (
    <div
      class="reading"
      dir="auto"
      lang={one.language ?? undefined}
      role="region"
      aria-label={t("written.text.of", { name: whose })}
      tabIndex={0}
    >
      {text}
    </div>
  );
}
