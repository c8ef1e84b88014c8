/** A small client of the protocol: checks every message against the schema, and waits for what is to come. */
import type { Duplex } from "node:stream";
import type { DebugProtocol as Dap } from "@vscode/debugprotocol";
import { encode, MessageReader } from "../../../debug-adapter/transport/codec.ts";
import { problemsOfOutgoing, problemsOfRequest } from "./validator.ts";

export type Message = Dap.ProtocolMessage & Record<string, unknown>;
type Event = Dap.Event;
type Body = Record<string, unknown>;

const PATIENCE_MS = 20_000;

interface Waiter {
  accepts(message: Message): boolean;
  resolve(message: Message): void;
}

export class DapClient {
  /** Everything that came in. */
  readonly received: Message[] = [];
  /** Violations of the protocol by the adapter: a test fails if there is one. */
  readonly problems: string[] = [];
  readonly #stream: { write(data: Buffer): unknown; destroy(): unknown };
  readonly #waiters = new Set<Waiter>();
  /** Event → how many messages have been looked through for it. */
  readonly #seen = new Map<string, number>();
  #seq = 0;
  closed = false;

  constructor(input: NodeJS.ReadableStream, output: { write(data: Buffer): unknown; destroy(): unknown }) {
    this.#stream = output;
    const reader = new MessageReader((incoming) => {
      if (incoming.kind === "message") this.#receive(incoming.message as Message);
      else this.problems.push(`malformed output: ${incoming.reason}`);
    });
    input.on("data", (chunk: Buffer) => reader.feed(chunk));
    input.on("close", () => {
      this.closed = true;
    });
  }

  static over(socket: Duplex): DapClient {
    return new DapClient(socket, socket);
  }

  /** Sends a request as the protocol wants it and waits for its answer. */
  async request<T = Body>(command: string, args?: object): Promise<T> {
    const response = await this.answer(command, args);
    if (!response.success) throw new Error(`${command}: ${String(response.message)}`);
    return response.body as T;
  }

  /** The same, but a refusal is an answer too. */
  async answer(command: string, args?: object): Promise<Dap.Response> {
    const message = {
      seq: ++this.#seq,
      type: "request",
      command,
      ...(args === undefined ? {} : { arguments: args }),
    };
    this.problems.push(...problemsOfRequest(message));
    return this.sendAndAwait(message);
  }

  /** The message that refuses a request. */
  async refusal(command: string, args?: object): Promise<string> {
    const response = await this.sendAndAwait({ seq: ++this.#seq, type: "request", command, arguments: args });
    if (response.success) throw new Error(`${command} was not refused`);
    return String(response.message);
  }

  /** Sends a message as it is. */
  sendAndAwait(message: { seq: number; [key: string]: unknown }): Promise<Dap.Response> {
    const response = this.#wait(
      (m) => m.type === "response" && (m as unknown as Dap.Response).request_seq === message.seq,
      `the answer to ${JSON.stringify(message).slice(0, 200)}`,
    );
    this.send(message);
    return response as unknown as Promise<Dap.Response>;
  }

  send(message: object): void {
    this.#stream.write(encode(message));
  }

  sendRaw(text: string): void {
    this.#stream.write(Buffer.from(text));
  }

  /** The number of the last request. */
  get lastSeq(): number {
    return this.#seq;
  }

  /** A fresh sequence number. */
  nextSeq(): number {
    return ++this.#seq;
  }

  /** The next event of that name that nobody has waited for. */
  async event<T = Body>(name: string, where: (body: T) => boolean = () => true): Promise<T> {
    const accepts = (m: Message): boolean =>
      m.type === "event" &&
      (m as unknown as Event).event === name &&
      where((m as unknown as Event).body as T);
    const past = this.received.findIndex((m, i) => i >= (this.#seen.get(name) ?? 0) && accepts(m));
    const message = past >= 0 ? this.received[past]! : await this.#wait(accepts, `the event ${name}`);
    this.#seen.set(name, this.received.indexOf(message) + 1);
    return (message as unknown as Event).body as T;
  }

  /** Resolves when the run has ended, now or long ago. */
  get terminated(): Promise<void> {
    const ends = (m: Message): boolean =>
      m.type === "event" && (m as unknown as Event).event === "terminated";
    if (this.received.some(ends)) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.add({ accepts: ends, resolve: () => resolve() }));
  }

  /** All events of that name so far. */
  events<T = Body>(name: string): T[] {
    return this.received
      .filter((m) => m.type === "event" && (m as unknown as Event).event === name)
      .map((m) => (m as unknown as Event).body as T);
  }

  /** Text of all output events so far. */
  outputs(): string {
    return this.events<Dap.OutputEvent["body"]>("output")
      .map(({ output }) => output)
      .join("");
  }

  responsesTo(seq: number): Dap.Response[] {
    return this.received.filter(
      (m) => m.type === "response" && (m as unknown as Dap.Response).request_seq === seq,
    ) as unknown as Dap.Response[];
  }

  /** Vanishes without a word. */
  vanish(): void {
    this.#stream.destroy();
  }

  #receive(message: Message): void {
    this.problems.push(...problemsOfOutgoing(message));
    if (message.seq !== this.received.length + 1)
      this.problems.push(`seq ${message.seq} instead of ${this.received.length + 1}`);
    this.received.push(message);
    for (const waiter of this.#waiters) {
      if (!waiter.accepts(message)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(message);
    }
  }

  #wait(accepts: (message: Message) => boolean, what: string): Promise<Message> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const last = this.received.slice(-5).map((m) => JSON.stringify(m).slice(0, 400));
        reject(new Error(`waited in vain for ${what}; last messages:\n${last.join("\n")}`));
      }, PATIENCE_MS);
      this.#waiters.add({
        accepts,
        resolve: (message) => {
          clearTimeout(timer);
          resolve(message);
        },
      });
    });
  }
}
