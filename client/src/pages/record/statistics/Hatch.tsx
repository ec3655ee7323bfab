import type { Fill } from "./model";

/** A pattern of slanted lines, so that what it fills is told from the rest without its colour. */
export function Hatch({ id, class: name }: { id: string; class: string }) {
  return (
    <defs>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class={name} width="3" height="6" />
      </pattern>
    </defs>
  );
}

/** What fills a mark with that pattern, if it is to be. */
export function hatched(fill: Fill, id: string): { readonly fill?: string } {
  return fill === "together" ? { fill: `url(#${id})` } : {};
}
