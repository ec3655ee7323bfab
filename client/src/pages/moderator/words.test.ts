import { expect, test } from "vitest";
import en from "../../../locales/en/moderator.json";

const sources = import.meta.glob<string>("./**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
const code = Object.entries(sources)
  .filter(([path]) => !path.endsWith(".test.ts"))
  .map(([, text]) => text)
  .join("\n");

/** Keys made of a variable part, as `moderator.row.${act}`. */
const patterns = [...code.matchAll(/`(moderator\.[^`]*\$\{[^`]*)`/gu)].map(([, made]) => {
  const escaped = (made ?? "").split(/\$\{[^}]*\}/u).map((part) => part.replace(/[.*+?^$()|[\]\\]/gu, "\\$&"));
  return new RegExp(`^${escaped.join("[a-z0-9_.]+")}$`, "u");
});

test("every sentence of the catalogue is said somewhere", () => {
  const silent = Object.keys(en).filter(
    (key) => !code.includes(`"${key}"`) && !patterns.some((made) => made.test(key)),
  );
  expect(silent).toEqual([]);
});
