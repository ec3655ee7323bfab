// What is said about contributions in writing: how large they are, and why one was not taken.
import { LARGEST, type Problem } from "./contributions";
import { locale, t } from "./i18n";

const MEGA = 1_048_576;

/** What is true instead, with the limit where there is one. */
export function problemText({ code, values }: Problem): string {
  const { limit, field } = values;
  if (code === null) return t("written.unreachable");
  if (code === "too_large") return t("written.not_taken.too_large", { size: sizeText(Number(limit ?? LARGEST)) });
  if (code === "full" && typeof limit === "number") return t("written.full", { size: sizeText(limit) });
  if (code === "malformed" && field === "content-type") return t("written.not_taken.kind");
  if (code === "malformed" && field === "body") return t("written.not_taken.empty");
  return t(`error.${code}`);
}

/** Words a minute, read aloud so that interpreters can follow. */
const PACE = 120;

/** How long it takes to read so many words aloud, in ms. */
export function readAloud(words: number): number {
  return (words / PACE) * 60_000;
}

/** "240 kB", "2 MB", as file dialogs count them. */
export function sizeText(bytes: number): string {
  const [unit, divisor] = bytes < MEGA ? (["kilobyte", 1_024] as const) : (["megabyte", MEGA] as const);
  const size = Math.max(bytes / divisor, unit === "kilobyte" ? 1 : 0);
  const digits = unit === "megabyte" && size < 10 ? 1 : 0;
  return new Intl.NumberFormat(locale(), { style: "unit", unit, maximumFractionDigits: digits }).format(size);
}
