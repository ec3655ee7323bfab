import { nameOf, placeOf } from "../people";
import type { Label } from "../wire.gen";

/** A name, isolated from the direction of the text around it. */
export function PersonName({ who }: { who: Label }) {
  return (
    <bdi dir="auto" class="name">
      {nameOf(who)}
    </bdi>
  );
}

/** Where somebody comes from; nothing for an alias, whose name says it. */
export function PersonPlace({ who }: { who: Label }) {
  const place = placeOf(who);
  return place ? <bdi dir="ltr">{place}</bdi> : null;
}
