import { useMemo } from "preact/hooks";
import { PersonName, PersonPlace } from "../../components/Person";
import { language, locale, t } from "../../i18n";
import { placeOf } from "../../people";
import { timeOfDay } from "../../time";
import type { Fragment, Found } from "./model/find";
import type { Block, Paragraph, Piece } from "./model/text";
import { gapText } from "./model/words";
import type { ReadArticle } from "./reading";

/** One turn's captions under its speaker, or what was said between turns. Drawn again only when it changed. */
export function Article(props: { article: ReadArticle; zone: string; found: Found; current: number | null }) {
  const { article, zone, found, current } = props;
  const hit = article.lines.some(({ id }) => found.fragments.has(id));
  const fragments = hit ? found.fragments : null;
  const shown = hit ? current : null;
  return useMemo(
    () => <Drawn article={article} zone={zone} fragments={fragments} current={shown} />,
    [article, zone, language.value, fragments, shown],
  );
}

type Fragments = Found["fragments"] | null;

function Drawn(props: { article: ReadArticle; zone: string; fragments: Fragments; current: number | null }) {
  const { article, zone, fragments, current } = props;
  const text = article.blocks.find((block): block is Paragraph => block.kind === "text");
  return (
    <article dir={text?.dir === "rtl" ? "rtl" : undefined}>
      {text && <Heading article={article} zone={zone} />}
      {article.blocks.map((block) => (
        <BlockOf key={block.key} block={block} fragments={fragments} current={current} />
      ))}
    </article>
  );
}

function Heading({ article: { turn, lines }, zone }: { article: ReadArticle; zone: string }) {
  const at = timeOfDay(turn?.began_at ?? lines[0]?.spoken_at ?? 0, zone, locale());
  if (!turn)
    return (
      <h3 class="between">
        {t("attendee.between")} <span>{at}</span>
      </h3>
    );
  return (
    <h3>
      <PersonName who={turn.who} />{" "}
      <span>
        <PersonPlace who={turn.who} />
        {placeOf(turn.who) && " · "}
        <bdi>{at}</bdi>
      </span>
    </h3>
  );
}

function BlockOf(props: { block: Block; fragments: Fragments; current: number | null }) {
  const { block, fragments, current } = props;
  if (block.kind === "gap")
    return (
      <p class={`gap ${block.reason}`} dir="auto" lang={language.value}>
        <span data-id={block.key} data-at={block.at}>
          {gapText(block)}
        </span>
      </p>
    );
  return (
    <p lang={block.language} dir={block.dir}>
      {block.pieces.map((piece) => (
        <PieceOf key={piece.id} piece={piece} fragments={fragments?.get(piece.id) ?? null} current={current} />
      ))}
    </p>
  );
}

function PieceOf(props: { piece: Piece; fragments: readonly Fragment[] | null; current: number | null }) {
  const { piece, fragments, current } = props;
  return (
    <>
      {piece.joint}
      <span data-id={piece.id} data-at={piece.at} class={piece.open ? "open" : undefined}>
        {fragments?.map((part, index) => (
          <Mark key={index} part={part} current={part.hit !== null && part.hit === current} />
        )) ?? piece.text}
      </span>
    </>
  );
}

function Mark({ part, current }: { part: Fragment; current: boolean }) {
  if (part.hit === null) return <>{part.text}</>;
  return <mark aria-current={current ? "true" : undefined}>{part.text}</mark>;
}
