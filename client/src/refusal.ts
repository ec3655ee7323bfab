// A refusal as a sentence in the reader's language: what is true, and who it is about where the server says it.

import { t } from "./i18n";
import type { ErrorBody } from "./wire.gen";

export function refusalText({ code, detail }: ErrorBody): string {
  const name = detail["name"];
  const organisation = detail["organisation_name"];
  if (code === "organisation_waiting" && typeof name === "string" && typeof organisation === "string")
    return t("error.organisation_waiting.who", { name, organisation });
  return t(`error.${code}`);
}
