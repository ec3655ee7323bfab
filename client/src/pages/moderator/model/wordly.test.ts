import { expect, test } from "vitest";
import { wordlyCode } from "./wordly";

test.each([
  ["ABCD-1234", "ABCD-1234"],
  ["abcd1234", "ABCD-1234"],
  [" abcd 1234 ", "ABCD-1234"],
  ["abcd–1234", "ABCD-1234"],
])("%s is the code %s", (written, code) => {
  expect(wordlyCode(written)).toBe(code);
});

test.each(["", "ABC-1234", "ABCD-123", "ABCDE-1234", "1234-ABCD", "ABCD-12345", "ÄBCD-1234"])(
  "%s is none",
  (written) => {
    expect(wordlyCode(written)).toBeNull();
  },
);
