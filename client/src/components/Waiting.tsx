import { Mark } from "./Mark";

/** A whole page that has nothing to show but why. */
export function Waiting({ title, text, busy = false }: { title: string; text?: string; busy?: boolean }) {
  return (
    <main class="waiting" aria-busy={busy}>
      <Mark />
      <h1>{title}</h1>
      {text && <p class="quiet">{text}</p>}
    </main>
  );
}
