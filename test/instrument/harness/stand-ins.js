/** Stand-ins for what the simulated machine does not have; the same on both sides. */
export class __lab_Date {}
export class __lab_Promise {}
let state = 12345;
export const __lab_random = () => {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return state / 4294967296;
};
export class __lab_TextEncoder {
  encode(text) {
    return Uint8Array.from(unescape(encodeURIComponent(text)), (c) => c.charCodeAt(0));
  }
}
export class __lab_TextDecoder {
  decode(bytes) {
    return decodeURIComponent(escape(String.fromCharCode(...bytes)));
  }
}
