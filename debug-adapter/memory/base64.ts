/** Bytes as the protocol writes them. */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Padding may be missing, and what is no base64 is left out, as Node does it. */
export function fromBase64(text: string): Uint8Array {
  const valid = text
    .replace(/=[\s\S]*/, "")
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .replace(/[^A-Za-z0-9+/]/g, "");
  const whole = valid.length % 4 === 1 ? valid.slice(0, -1) : valid;
  return Uint8Array.from(atob(whole), (char) => char.charCodeAt(0));
}
