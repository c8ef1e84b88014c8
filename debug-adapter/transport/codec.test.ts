import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encode, type Incoming, MessageReader } from "./codec.ts";

function read(...chunks: (string | Buffer)[]): Incoming[] {
  const incoming: Incoming[] = [];
  const reader = new MessageReader((i) => incoming.push(i));
  for (const chunk of chunks) reader.feed(Buffer.from(chunk as string));
  return incoming;
}

const messages = (incoming: Incoming[]) => incoming.flatMap((i) => (i.kind === "message" ? [i.message] : []));
const reasons = (incoming: Incoming[]) => incoming.flatMap((i) => (i.kind === "malformed" ? [i.reason] : []));
const good = encode({ seq: 7, type: "request", command: "threads" });

describe("the codec", () => {
  it("reads messages however the bytes are cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ seq: fc.nat(), text: fc.string({ unit: "grapheme" }) }), { maxLength: 6 }),
        fc.array(fc.nat(400)),
        (sent, cuts) => {
          const all = Buffer.concat(sent.map(encode));
          const points = [0, ...cuts.map((c) => Math.min(c, all.length)).sort((a, b) => a - b), all.length];
          const chunks = points.slice(1).map((end, i) => all.subarray(points[i], end));
          expect(messages(read(...chunks))).toEqual(sent);
        },
      ),
    );
  });

  it("reports JSON that does not parse, and reads the next message", () => {
    const bad = "Content-Length: 9\r\n\r\n{nonsense";
    const incoming = read(Buffer.concat([Buffer.from(bad), good]));
    expect(reasons(incoming)[0]).toMatch(/not JSON/);
    expect(messages(incoming)).toHaveLength(1);
  });

  it.each([
    ["Content-Length: abc\r\n\r\n{}", /not a number/],
    ["Content-Length: -5\r\n\r\n", /not a number/],
    ["Content-Type: text\r\n\r\n", /no Content-Length/],
    ["Content-Length: 2\r\n\r\n[]", /must be a JSON object/],
    ["Content-Length: 4\r\n\r\nnull", /must be a JSON object/],
    ["hello\r\n\r\nContent-Le", /no Content-Length/],
  ])("survives %j", (bad, reason) => {
    const tail = bad.endsWith("Content-Le") ? good.toString().slice("Content-Le".length) : good;
    const incoming = read(bad, tail);
    expect(reasons(incoming)[0]).toMatch(reason);
    expect(messages(incoming).map((m) => m.seq)).toEqual([7]);
  });

  it("survives a long stretch of noise without a blank line", () => {
    const incoming = read("x".repeat(20_000), good);
    expect(reasons(incoming)[0]).toMatch(/no Content-Length/);
    expect(messages(incoming).map((m) => m.seq)).toEqual([7]);
  });

  it("refuses a giant message without keeping it, and reads the next one", () => {
    const incoming: Incoming[] = [];
    const reader = new MessageReader((i) => incoming.push(i));
    reader.feed(Buffer.from(`Content-Length: ${70 * 1024 * 1024}\r\n\r\n`));
    const mega = Buffer.alloc(1024 * 1024, 0x20);
    for (let i = 0; i < 70; i++) reader.feed(mega);
    reader.feed(good);
    expect(reasons(incoming)).toEqual([expect.stringMatching(/too long/)]);
    expect(messages(incoming).map((m) => m.seq)).toEqual([7]);
  });

  it("reads headers with other fields, other case and bare line feeds", () => {
    const body = '{"seq":1}';
    expect(messages(read(`content-length:${body.length}\r\nX: y\r\n\r\n${body}`))).toEqual([{ seq: 1 }]);
    expect(messages(read(`Content-Length: ${body.length}\n\n${body}`))).toEqual([{ seq: 1 }]);
  });

  it("never throws, and always finds the message after the noise", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        const noisy = Buffer.from(noise);
        // Noise that is itself a header which announces a body may swallow what follows.
        fc.pre(!/content-length/i.test(noisy.toString("latin1")));
        const incoming = read(noisy, Buffer.from("\r\n\r\n"), good, good);
        expect(messages(incoming).at(-1)?.seq).toBe(7);
      }),
    );
  });
});
