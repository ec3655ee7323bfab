/** Tells screen readers what changed, and only that: a text is read when it becomes another. */
export function LiveRegion({ text, urgent = false }: { text: string; urgent?: boolean }) {
  return (
    <p class="visually-hidden" role={urgent ? "alert" : "status"} aria-live={urgent ? "assertive" : "polite"}>
      {text}
    </p>
  );
}
