// A Wordly session's code, however it was written down: "abcd1234", "ABCD 1234", "abcd-1234".

const CODE = /^([A-Z]{4})(\d{4})$/u;

/** "ABCD-1234"; null for what is no such code. */
export function wordlyCode(written: string): string | null {
  const parts = CODE.exec(written.toUpperCase().replace(/[\s\p{Pd}_.]/gu, ""));
  return parts ? `${parts[1]}-${parts[2]}` : null;
}
