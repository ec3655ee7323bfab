import { Fragment } from "preact";
import { useMemo } from "preact/hooks";
import { PersonName, PersonPlace } from "../../components/Person";
import { language, locale, t } from "../../i18n";
import { placeOf } from "../../people";
import { timeOfDay } from "../../time";
import type { Fragment as Part, Found } from "./model/find";
import type { Block, Made, Paragraph, Piece } from "./model/text";
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
  const texts = article.blocks.filter((block): block is Paragraph => block.kind === "text");
  const [first] = texts;
  const changes = changesOf(texts);
  return (
    <article dir={first?.dir === "rtl" ? "rtl" : undefined}>
      {first && (
        <div class="head">
          <Heading article={article} zone={zone} />
          {first.made === "translation" && <MadeBy made="translation" />}
        </div>
      )}
      {article.blocks.map((block) => (
        <Fragment key={block.key}>
          {changes.has(block.key) && block.kind === "text" && <MadeBy made={block.made} />}
          <Still block={block} fragments={fragments} current={current} />
        </Fragment>
      ))}
    </article>
  );
}

/** Where within an article a translation begins or ends: its speaker went on in another language. */
function changesOf(texts: readonly Paragraph[]): ReadonlySet<string> {
  const translated = ({ made }: Paragraph) => made === "translation";
  const changed = texts.filter((text, at) => {
    const before = texts[at - 1];
    return before !== undefined && translated(text) !== translated(before);
  });
  return new Set(changed.map(({ key }) => key));
}

function MadeBy({ made }: { made: Made }) {
  return (
    <p class="made" lang={language.value} dir="auto">
      {t(made === "translation" ? "attendee.made.translation" : "attendee.made.original")}
    </p>
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

/** Drawn again only when it changed, as an article is. */
function Still({ block, fragments, current }: { block: Block; fragments: Fragments; current: number | null }) {
  const found = block.kind === "text" && block.pieces.some(({ id }) => fragments?.has(id)) ? fragments : null;
  const shown = found ? current : null;
  return useMemo(
    () => <BlockOf block={block} fragments={found} current={shown} />,
    [block, language.value, found, shown],
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

function PieceOf(props: { piece: Piece; fragments: readonly Part[] | null; current: number | null }) {
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

function Mark({ part, current }: { part: Part; current: boolean }) {
  if (part.hit === null) return <>{part.text}</>;
  return <mark aria-current={current ? "true" : undefined}>{part.text}</mark>;
}
