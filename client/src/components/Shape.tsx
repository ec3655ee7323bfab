import type { JSX } from "preact";

export type ShapeName = "dot" | "ring" | "quarter" | "square" | "pause" | "check" | "cross" | "play" | "up" | "warning";

const DRAWN: Readonly<Record<ShapeName, JSX.Element>> = {
  dot: <circle cx="8" cy="8" r="6" />,
  ring: (
    <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="1.8" stroke-dasharray="2.6 1.7" />
  ),
  quarter: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.8" />
      <path d="M8 8V2a6 6 0 0 1 6 6Z" />
    </>
  ),
  square: <path d="M2.5 2.5h11v11h-11z" />,
  pause: <path d="M3 2.5h3.6v11H3zM9.4 2.5H13v11H9.4z" />,
  check: <path d="m2.5 8.6 3.7 3.9 7.3-9" fill="none" stroke="currentColor" stroke-width="2.2" />,
  cross: <path d="m3 3 10 10M13 3 3 13" fill="none" stroke="currentColor" stroke-width="2.2" />,
  play: <path d="M4 2.5 13 8l-9 5.5z" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round" />,
  up: <path d="M8 3 14 13.5H2z" />,
  warning: <path d="M8 1.5 15 14H1Zm-.9 4.8v3.9h1.8V6.3zm0 5v1.6h1.8v-1.6z" fill-rule="evenodd" />,
};

/** A small shape beside a word, so that no state is told by colour alone. */
export function Shape({ name }: { name: ShapeName }) {
  return (
    <svg class="shape" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
      {DRAWN[name]}
    </svg>
  );
}
