/**
 * One client: reads its messages, hands requests to the worker of the session, numbers what goes out. It outlives its
 * worker: when that falls silent, crashes or runs out of memory, every open request is answered here and the client is
 * told why the session ended.
 */
import type { Duplex, Readable, Writable } from "node:stream";
import { ErrorId } from "../errors.ts";
import type { IncomingRequest, Outgoing } from "../protocol.ts";
import { encode, type Incoming, MessageReader } from "../transport/codec.ts";
import { type Failure, SessionWorker, type WorkerOptions } from "./sessionWorker.ts";

export interface Channel {
  readonly input: Readable | Duplex;
  readonly output: Writable | Duplex;
}

/** How long a worker may take to end itself after `disconnect`. */
const FAREWELL_MS = 500;

export class Connection {
  readonly #channel: Channel;
  readonly #worker: SessionWorker;
  /** Requests that the worker has not answered yet, by `seq`. */
  readonly #open = new Map<number, IncomingRequest>();
  readonly #onClosed: () => void;
  #seq = 0;
  #state: "live" | "dead" | "closed" = "live";
  #terminatedSent = false;
  /** Nothing more will come in. */
  #ending = false;

  constructor(channel: Channel, options: WorkerOptions, onClosed: () => void) {
    this.#channel = channel;
    this.#onClosed = onClosed;
    this.#worker = new SessionWorker(options, {
      onMessage: (message) => this.#fromWorker(message),
      onFailure: (failure) => this.#workerFailed(failure),
    });
    const reader = new MessageReader((incoming) => this.#fromClient(incoming));
    channel.input.on("data", (chunk: Buffer) => reader.feed(chunk));
    channel.input.on("end", () => this.#inputEnded());
    for (const event of ["close", "error"] as const)
      channel.input.on(event, () => (channel.input === channel.output ? this.#close() : this.#inputEnded()));
    if (channel.output !== channel.input) channel.output.on("error", () => this.#close());
  }

  #fromClient(incoming: Incoming): void {
    if (this.#state === "closed") return;
    if (incoming.kind === "malformed") this.#refuseMalformed(incoming.reason, incoming.text);
    else this.#message(incoming.message);
  }

  #message(message: Record<string, unknown>): void {
    // The adapter sends no reverse requests, so there is no response to wait for.
    if (message.type === "response" || message.type === "event") return;
    const { seq, command } = message;
    if (message.type === "request" && Number.isSafeInteger(seq) && typeof command === "string") {
      this.#request(message as unknown as IncomingRequest);
      return;
    }
    const reason = 'a request needs "type": "request", an integer "seq" and a "command"';
    this.#refuseMalformed(reason, JSON.stringify(message));
  }

  #request(request: IncomingRequest): void {
    if (this.#open.has(request.seq)) {
      const reason = `request ${request.seq} is still open: seq must be unique`;
      this.#refuse(request, ErrorId.malformed, reason);
    } else if (this.#state === "dead") {
      this.#afterDeath(request);
    } else {
      this.#open.set(request.seq, request);
      this.#worker.send(request);
    }
  }

  /** The worker is gone: leaving is still possible, everything else is not. */
  #afterDeath(request: IncomingRequest): void {
    if (request.command !== "disconnect" && request.command !== "terminate") {
      this.#refuse(request, ErrorId.sessionEnded, `${request.command}: the session has ended`);
      return;
    }
    this.#send({ type: "response", request_seq: request.seq, command: request.command, success: true });
    if (request.command === "disconnect") this.#close();
  }

  #fromWorker(message: Outgoing): void {
    if (message.type === "response") {
      const request = this.#open.get(message.request_seq);
      if (!this.#open.delete(message.request_seq)) return;
      this.#send(message);
      if (request?.command === "disconnect" || (this.#ending && this.#open.size === 0)) this.#close();
      return;
    }
    if (message.event === "terminated") this.#terminatedSent = true;
    this.#send(message);
  }

  #workerFailed(failure: Failure): void {
    if (this.#state !== "live") return;
    this.#state = "dead";
    const requests = [...this.#open.values()];
    this.#open.clear();
    const leaving = requests.find((request) => request.command === "disconnect");
    for (const request of requests) {
      if (request.command === "disconnect" || request.command === "terminate") this.#afterDeath(request);
      else this.#refuse(request, ErrorId.sessionEnded, failure.message);
    }
    if (leaving !== undefined) return;
    this.#send({
      type: "event",
      event: "output",
      body: { category: "important", output: `${failure.message}\n` },
    });
    if (this.#terminatedSent) return;
    this.#terminatedSent = true;
    this.#send({ type: "event", event: "exited", body: { exitCode: failure.exitCode } });
    this.#send({ type: "event", event: "terminated" });
  }

  /** A message that is no request: its `seq` is fished out of the text, so that the client gets an answer. */
  #refuseMalformed(reason: string, text: string): void {
    const seq = /"seq"\s*:\s*(\d{1,15})/.exec(text)?.[1];
    const command = /"command"\s*:\s*"([^"]{1,60})"/.exec(text)?.[1];
    if (seq === undefined) {
      const output = `netdev-lab: ignored a malformed message: ${reason}\n`;
      this.#send({ type: "event", event: "output", body: { category: "stderr", output } });
      return;
    }
    this.#refuse(
      { seq: Number(seq), command: command ?? "unknown" },
      ErrorId.malformed,
      `malformed message: ${reason}`,
    );
  }

  #refuse(request: IncomingRequest, id: number, message: string): void {
    this.#send({
      type: "response",
      request_seq: request.seq,
      command: request.command,
      success: false,
      message,
      body: { error: { id, format: message, showUser: false } },
    });
  }

  #send(message: Outgoing): void {
    if (this.#state === "closed" || this.#channel.output.destroyed) return;
    this.#channel.output.write(encode({ seq: ++this.#seq, ...message }));
  }

  /** The client has said all it will ever say: what it asked is answered, if that does not take long. */
  #inputEnded(): void {
    if (this.#ending) return;
    this.#ending = true;
    if (this.#open.size === 0) this.#close();
    else setTimeout(() => this.#close(), FAREWELL_MS).unref();
  }

  #close(): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    void this.#worker.end(FAREWELL_MS).then(() => {
      this.#channel.output.end(() => this.#onClosed());
      // A client that vanished never drains the stream.
      setTimeout(() => this.#onClosed(), FAREWELL_MS).unref();
    });
  }
}
