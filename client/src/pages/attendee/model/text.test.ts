import { describe, expect, it } from "vitest";
import { line, T0 } from "./example";
import { find } from "./find";
import { blocksOf, directionOf, joint, oneLine, wholeOf, type Block } from "./text";

const texts = (blocks: readonly Block[]) =>
  blocks.map((block) => (block.kind === "text" ? wholeOf(block) : block.kind));

describe("captions as a text", () => {
  it("run together with a space, in Chinese without", () => {
    expect(texts(blocksOf([line("s1", "We began"), line("s2", "with the markets.")]))).toEqual([
      "We began with the markets.",
    ]);
    const chinese = ["人人生而自由,", "在尊严上平等"].map((text, n) => line(`s${n}`, text, { language: "zh" }));
    expect(texts(blocksOf(chinese))).toEqual(["人人生而自由,在尊严上平等"]);
  });

  it.each([
    ["", "a", ""],
    ["a ", "b", ""],
    ["a", "b", " "],
    ["한국어", "문장", " "],
    ["東京", "2025", ""],
    ["ก", "ข", ""],
  ])("between %j and %j stands %j", (before, after, between) => {
    expect(joint(before, after)).toBe(between);
  });

  it("loses the line breaks of the feed's screen, not its words", () => {
    expect(oneLine("first row\nsecond row \n third")).toBe("first row second row third");
    expect(oneLine("第一行\n第二行")).toBe("第一行第二行");
  });

  it("begins a paragraph where the language changes, each in its direction", () => {
    const blocks = blocksOf([line("s1", "Thank you."), line("s2", "شكرا لكم", { language: "ar" })]);
    expect(blocks.map((block) => block.kind === "text" && [block.language, block.dir])).toEqual([
      ["en", "ltr"],
      ["ar", "rtl"],
    ]);
  });

  it("begins a paragraph where a translation ends and the original begins, whatever the track says", () => {
    const translated = { is_translation: true };
    const lines = [line("s1", "Gracias.", translated), line("s2", "Buenas tardes."), line("s3", "Sigo.")];
    const made = (block: Block) => block.kind === "text" && [wholeOf(block), block.made];
    expect(blocksOf(lines).map(made)).toEqual([
      ["Gracias.", "translation"],
      ["Buenas tardes. Sigo.", "by_machine"],
    ]);
    const human = blocksOf([line("s1", "Thank you.", { ...translated, origin: "human" })]);
    expect(human.map(made)).toEqual([["Thank you.", "by_hand"]]);
  });

  it("begins a paragraph after a pause, and after a long one's sentence", () => {
    expect(texts(blocksOf([line("s1", "One."), line("s22", "Two.")]))).toEqual(["One.", "Two."]);
    const long = `${"word ".repeat(60)}end`;
    expect(blocksOf([line("s1", long), line("s2", "goes on")])).toHaveLength(1);
    expect(blocksOf([line("s1", `${long}.`), line("s2", "New")])).toHaveLength(2);
  });

  it("says how long captions were interrupted, and leaves out lines without text", () => {
    const gap = line("s2", "", { status: "gap", reason: "interrupted", ends_at: T0 + 14_000 });
    const blocks = blocksOf([line("s1", "a"), gap, line("s3", "  "), line("s4", "b")]);
    expect(texts(blocks)).toEqual(["a", "gap", "b"]);
    expect(blocks[1]).toMatchObject({ reason: "interrupted", lasted: 12_000 });
  });

  it.each([
    ["ar", "rtl"],
    ["ku-Arab", "rtl"],
    ["es-419", "ltr"],
    ["zh", "ltr"],
    ["und-x", "auto"],
    ["not a tag", "auto"],
  ])("writes %s %s", (language, direction) => {
    expect(directionOf(language)).toBe(direction);
  });
});

describe("finding", () => {
  const marked = (blocks: readonly Block[], wanted: string) => {
    const { count, fragments } = find(blocks, wanted);
    const hits = [...fragments].flatMap(([id, parts]) =>
      parts.filter(({ hit }) => hit !== null).map(({ text }) => [id, text]),
    );
    return [count, hits];
  };
  const said = ["The budget of the", "ward, Élan de la CIUDAD", "ciudad"];
  const blocks = blocksOf(said.map((text, n) => line(`s${n + 1}`, text)));

  it("finds over the joints of phrases", () => {
    expect(marked(blocks, "the ward")).toEqual([
      1,
      [
        ["s1", "the"],
        ["s2", "ward"],
      ],
    ]);
  });

  it("is blind to case and accents", () => {
    expect(marked(blocks, "elan")).toEqual([1, [["s2", "Élan"]]]);
    expect(marked(blocks, "CIÚDAD")).toEqual([
      2,
      [
        ["s2", "CIUDAD"],
        ["s3", "ciudad"],
      ],
    ]);
  });

  it("does not cut letters made of two signs, and loses no text", () => {
    const decomposed = blocksOf([line("s1", "cafe\u0301s, \ufb01n")]);
    expect(marked(decomposed, "café")).toEqual([1, [["s1", "cafe\u0301"]]]);
    const { fragments } = find(decomposed, "fi");
    expect(fragments.get("s1")?.map(({ text }) => text).join("")).toBe("cafe\u0301s, \ufb01n");
  });

  it("finds nothing for nothing", () => {
    expect(find(blocks, "  ").count).toBe(0);
    expect(find(blocks, "mayor").count).toBe(0);
  });
});
