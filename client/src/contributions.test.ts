import { describe, expect, it } from "vitest";
import { bytesOf, decoded, kindOf, mediaOf, nameOfFile, problemOf, wordsIn } from "./contributions";

const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer;

describe("what may be handed in", () => {
  it("is known by the ending of its name", () => {
    expect(mediaOf("My Statement.PDF")).toBe("application/pdf");
    expect(mediaOf("statement.v2.docx")).toBe(
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    );
    expect(mediaOf("notes.txt")).toBe("text/plain");
  });

  it.each(["statement.doc", "picture.jpg", "pdf", "archive.zip", ""])("%s is not taken", (name) => {
    expect(mediaOf(name)).toBeNull();
  });

  it("is called what people call it, and keeps its ending", () => {
    expect(kindOf("application/vnd.oasis.opendocument.text")).toBe("ODT");
    expect(nameOfFile("s1", "w1", "application/rtf")).toBe("isegoria-s1-w1.rtf");
  });

  it("counts words and bytes as the server does", () => {
    expect(wordsIn("  Señora,\n\nدعونا نبدأ. ")).toBe(3);
    expect(wordsIn(" \n")).toBe(0);
    expect(bytesOf("ñ")).toBe(2);
  });
});

describe("a text file", () => {
  it("is read as UTF-8, with or without its mark", () => {
    expect(decoded(bytes(0xef, 0xbb, 0xbf, 0xc3, 0xb1))).toBe("ñ");
    expect(decoded(bytes(0xc3, 0xb1))).toBe("ñ");
  });

  it("is read as UTF-16 where it says so", () => {
    expect(decoded(bytes(0xff, 0xfe, 0xf1, 0x00))).toBe("ñ");
    expect(decoded(bytes(0xfe, 0xff, 0x00, 0xf1))).toBe("ñ");
  });

  it("is read as older editors of the West wrote it, where it is neither", () => {
    expect(decoded(bytes(0x53, 0x65, 0xf1, 0x6f, 0x72, 0x61, 0x20, 0x80))).toBe("Señora €");
  });
});

describe("why something was not done", () => {
  it("is what the server says", () => {
    const body = JSON.stringify({ code: "too_large", values: { limit: 7 }, retry: false });
    expect(problemOf(413, body)).toEqual({ code: "too_large", values: { limit: 7 }, retry: false });
  });

  it("may be a proxy's, which is tried again only where that may help", () => {
    expect(problemOf(502, "<html>")).toEqual({ code: null, values: {}, retry: true });
    expect(problemOf(413, "<html>")).toEqual({ code: "too_large", values: {}, retry: false });
    expect(problemOf(404, "<html>").retry).toBe(false);
    expect(problemOf(200, "null").code).toBeNull();
  });
});
