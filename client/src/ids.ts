/** A fresh random id. Not `crypto.randomUUID`: browsers keep that from pages that came over plain http, as on a LAN. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
