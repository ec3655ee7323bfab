/** The mark: a circle in three equal parts, everyone's three minutes. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <g fill="none" stroke="currentColor" stroke-width="5">
        <path d="M17.6 4.6a11.5 11.5 0 0 1 8.6 16.3" />
        <path d="M24.8 23.4a11.5 11.5 0 0 1-17.6 0" opacity=".65" />
        <path d="M5.8 20.9A11.5 11.5 0 0 1 14.4 4.6" opacity=".35" />
      </g>
    </svg>
  );
}
