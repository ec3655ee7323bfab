import { expect, test } from "vitest";

type Catalogue = Readonly<Record<string, unknown>>;
const words = import.meta.glob<Catalogue>("../locales/en/*.json", { import: "default", eager: true });
const sources = import.meta.glob<string>("./**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
const code = Object.entries(sources)
  .filter(([path]) => !path.endsWith(".test.ts"))
  .map(([, text]) => text)
  .join("\n");

/** Keys made of a variable part, as `moderator.row.${act}` or `${part}.heading`. */
const patterns = [...code.matchAll(/`([a-z_]+\.[^`]*\$\{[^`]*|\$\{\w+\}\.[a-z_]+)`/gu)].map(([, made]) => {
  const escaped = (made ?? "").split(/\$\{[^}]*\}/u).map((part) => part.replace(/[.*+?^$()|[\]\\]/gu, "\\$&"));
  return new RegExp(`^${escaped.join("[a-z0-9_.]+")}$`, "u");
});

test.each(Object.entries(words))("every sentence of %s is said somewhere", (_, catalogue) => {
  const silent = Object.keys(catalogue).filter(
    (key) => !code.includes(`"${key}"`) && !patterns.some((made) => made.test(key)),
  );
  expect(silent).toEqual([]);
});
