// Whether the record can be written to now, and if not, why.
import type { Link } from "../../../connection";
import type { Role } from "../../../wire.gen";

export type WhyNot = "reconnecting" | "engine_away" | "role";

export function whyNot(role: Role, link: Link["state"], engineAway: boolean): WhyNot | null {
  if (link !== "live") return "reconnecting";
  if (engineAway) return "engine_away";
  return role === "rapporteur" ? null : "role";
}
