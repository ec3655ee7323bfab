// A strip of captions to lay over a video picture, as a browser source of OBS, vMix and the like:
//
//   /s/SESSION/strip?track=es&lines=2&size=48&align=center&colour=white#TOKEN
//
// TOKEN: of the link of the stage or of the attendees. All options may be left out:
//   track   what is read: a language that the session has captions in, or floor (as spoken, the usual)
//   lines   how many lines stand at once: 1 to 6, usually 2
//   size    of the letters in pixels of the source: 12 to 300, usually 48
//   align   where the lines stand: center (the usual), start or end; start is left in English and right in Arabic
//   colour  of the letters: a name or code of CSS such as yellow or %23ffcc00 (# is written %23); each has a dark edge
//
// The text stands at the bottom of the source. It goes when nobody speaks, when captions are switched off, and when the
// connection is lost: a picture does not show our troubles. What is wrong is told in the page's title instead.

import "../../styles/writing.css";
import "./strip.css";
import { useSignalEffect } from "@preact/signals";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Connection } from "../../connection";
import { t } from "../../i18n";
import type { Paragraph } from "../attendee/model/text";
import { optionsOf, paragraphsOf } from "./model";
import { Strip } from "./strip";

interface StripProps {
  readonly connection: Connection;
  readonly session: string;
  readonly token: string;
}

export default function StripPage({ connection, session, token }: StripProps) {
  const options = useMemo(
    () => optionsOf(new URLSearchParams(location.search), (word) => CSS.supports("color", word)),
    [],
  );
  const strip = useMemo(() => new Strip(connection, session, token, options.track), [connection]);
  const page = useRef<HTMLElement>(null);
  useSignalEffect(() => void (document.title = strip.title.value));
  useLayoutEffect(() => {
    const { style } = page.current ?? document.body;
    style.setProperty("--lines", String(options.lines));
    style.setProperty("--size", `${options.size}px`);
    style.setProperty("--colour", options.colour);
  }, [options]);
  return (
    <main ref={page} class="strip written" data-face="sans" data-align={options.align}>
      <h1 class="visually-hidden">{t("strip.name")}</h1>
      <Roll paragraphs={paragraphsOf(strip.rolling.value)} />
    </main>
  );
}

/** Lines fill from the top and then roll up, and never back down: a phrase that becomes shorter moves nothing. */
function Roll({ paragraphs }: { paragraphs: readonly Paragraph[] }) {
  const box = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const place = useRef({ first: "", up: 0 });
  useLayoutEffect(() => {
    if (!box.current || !text.current) return;
    const first = paragraphs[0]?.key ?? "";
    const over = Math.max(0, text.current.offsetHeight - box.current.clientHeight);
    place.current = { first, up: first === place.current.first ? Math.max(place.current.up, over) : over };
    text.current.style.setProperty("transform", `translateY(${-place.current.up}px)`);
  });
  return (
    <div ref={box} class="lines" dir={paragraphs.at(-1)?.dir}>
      <div ref={text}>
        {paragraphs.map(({ key, language, dir, pieces }) => (
          <p key={key} lang={language} dir={dir}>
            {pieces.map(({ id, joint, text: said }) => (
              <span key={id}>{joint + said}</span>
            ))}
          </p>
        ))}
      </div>
    </div>
  );
}
