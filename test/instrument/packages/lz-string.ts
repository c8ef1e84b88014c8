import LZString from "lz-string";

export function main(log: Log, small: boolean): unknown {
  const text = small ? "aaabbb" : "netdev lab netdev lab ☕ 😀 ".repeat(12);
  const encoders = [
    LZString.compressToBase64,
    LZString.compressToUTF16,
    LZString.compressToEncodedURIComponent,
  ] as const;
  const decoders = [
    LZString.decompressFromBase64,
    LZString.decompressFromUTF16,
    LZString.decompressFromEncodedURIComponent,
  ] as const;
  for (const [i, encode] of encoders.entries()) log(encode(text).length, decoders[i]!(encode(text)) === text);
  const bytes = LZString.compressToUint8Array(text);
  return [
    bytes.length,
    LZString.decompressFromUint8Array(bytes) === text,
    LZString.compressToBase64(text),
    LZString.decompress("garbage"),
  ];
}
