import { PassThrough } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import { encode, MessageReader } from "../transport/codec.ts";
import { Connection } from "./connection.ts";

type Message = Record<string, unknown> & { type: string; body?: Record<string, unknown> };

const open: PassThrough[] = [];

function connect(silenceMs = 400) {
  const input = new PassThrough();
  const output = new PassThrough();
  open.push(input);
  const messages: Message[] = [];
  let changed = (): void => {};
  const reader = new MessageReader((incoming) => {
    if (incoming.kind === "message") messages.push(incoming.message as Message);
    changed();
  });
  output.on("data", (chunk: Buffer) => reader.feed(chunk));
  const script = new URL("./misbehavingWorker.mjs", import.meta.url);
  const closed = new Promise<void>((resolve) => {
    new Connection({ input, output }, { script, silenceMs, heapMb: 40 }, resolve);
  });
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => (changed = resolve));
  };
  const send = (seq: number, command: string): void =>
    void input.write(encode({ seq, type: "request", command }));
  const answers = (seq: number) => messages.filter((m) => m.type === "response" && m.request_seq === seq);
  const events = (name: string) => messages.filter((m) => m.event === name);
  return { input, messages, closed, until, send, answers, events };
}

afterEach(() => {
  for (const input of open.splice(0)) input.end();
});

describe("a connection", () => {
  it("answers and numbers", async () => {
    const c = connect();
    c.send(1, "a");
    c.send(2, "b");
    await c.until(() => c.messages.length === 2);
    expect(c.messages.map((m) => [m.seq, m.request_seq])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it.each([
    ["silence", /did not answer for 0\.4 s/, 2],
    ["memory", /out of memory/, 2],
    ["crash", /the worker has a bug/, 3],
    ["exit", /worker has ended/, 3],
  ])(
    "outlives %s: every open request is answered, then the session ends",
    async (command, reason, exitCode) => {
      const c = connect(command === "silence" ? 400 : 20_000);
      c.send(1, "never");
      c.send(2, command);
      await c.until(() => c.events("terminated").length > 0);
      for (const seq of [1, 2]) {
        expect(c.answers(seq)).toHaveLength(1);
        expect(c.answers(seq)[0]).toMatchObject({ success: false, message: expect.stringMatching(reason) });
      }
      expect(c.events("output")[0]?.body?.output).toMatch(reason);
      expect(c.events("exited")[0]?.body).toEqual({ exitCode });
      expect(c.messages.at(-1)?.event).toBe("terminated");
      c.send(3, "threads");
      c.send(4, "disconnect");
      await c.until(() => c.answers(4).length > 0);
      expect(c.answers(3)[0]).toMatchObject({ success: false, message: "threads: the session has ended" });
      expect(c.answers(4)[0]).toMatchObject({ success: true });
      expect(c.events("terminated")).toHaveLength(1);
      await c.closed;
    },
  );

  it("lets a client leave while the worker is silent", async () => {
    const c = connect(60_000);
    c.send(1, "silence");
    c.input.end();
    await c.closed;
  });

  it("answers what was asked before the input ended", async () => {
    const c = connect();
    c.send(1, "a");
    c.send(2, "b");
    c.input.end();
    await c.closed;
    expect(c.messages.map((m) => m.request_seq)).toEqual([1, 2]);
  });

  it("passes one answer on where a worker gives two", async () => {
    const c = connect();
    c.send(1, "twice");
    c.send(2, "b");
    await c.until(() => c.answers(2).length > 0);
    expect(c.answers(1)).toHaveLength(1);
  });

  it("refuses a request whose number is still open, and takes one whose number is free again", async () => {
    const c = connect();
    c.send(1, "never");
    c.send(1, "b");
    c.send(2, "b");
    await c.until(() => c.answers(2).length > 0);
    expect(c.answers(1)).toHaveLength(1);
    expect(c.answers(1)[0]).toMatchObject({ success: false, command: "b", message: /still open/ });
    c.send(2, "c");
    await c.until(() => c.answers(2).length === 2);
  });

  it("keeps what the worker prints out of the protocol", async () => {
    const c = connect();
    c.send(1, "print");
    c.send(2, "b");
    await c.until(() => c.answers(2).length > 0);
    expect(c.messages).toHaveLength(2);
  });

  it.each([
    [
      "Content-Length: 41\r\n\r\n" + '{"seq": 9, "command": "threads", "type": x',
      { request_seq: 9, command: "threads" },
    ],
    ["", { request_seq: 9, command: "unknown" }, { seq: 9 }],
    ["", { request_seq: 9, command: "a" }, { seq: 9, type: "question", command: "a" }],
  ])("answers a malformed message that has a number (%#)", async (raw, expected, message?: object) => {
    const c = connect();
    c.input.write(message === undefined ? raw : encode(message));
    await c.until(() => c.answers(9).length > 0);
    expect(c.answers(9)[0]).toMatchObject({ ...expected, success: false, message: /malformed/ });
  });

  it("tells of a malformed message without a number", async () => {
    const c = connect();
    c.input.write("Content-Length: 3\r\n\r\nabc");
    c.input.write(encode({ seq: "one", type: "request", command: "a" }));
    c.input.write(encode({ seq: 2, type: "response", command: "a" }));
    c.send(1, "b");
    await c.until(() => c.answers(1).length > 0);
    expect(c.events("output").map((m) => m.body?.output)).toEqual([
      expect.stringMatching(/malformed message: not JSON/),
      expect.stringMatching(/malformed message/),
    ]);
  });
});
