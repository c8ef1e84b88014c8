import { sha224, sha256 } from "js-sha256";

export function main(log: Log, small: boolean): unknown {
  const texts = ["", "abc", "é😀", "x".repeat(small ? 70 : 1000)];
  for (const t of texts) log(sha256(t), sha224(t));
  const stream = sha256.create();
  for (let i = 0; i < (small ? 2 : 40); i++) stream.update([i, i * 3, 255 - i]);
  return [
    stream.hex(),
    sha256.hmac("key", "message"),
    sha256.array(new Uint8Array([1, 2, 3])),
    Object.prototype.toString.call(sha256.arrayBuffer("x")),
  ];
}
