/** A Node worker that holds one session, watched: it must answer a ping now and then, and may not eat all memory. */
import { Worker } from "node:worker_threads";
import type { IncomingRequest, Outgoing } from "../protocol.ts";

export interface WorkerOptions {
  /** The worker's script. */
  readonly script: URL;
  /** A worker that answers no ping for so long has fallen silent. */
  readonly silenceMs: number;
  /** Limit of the worker's heap. */
  readonly heapMb: number;
  /** The client opens the kernel's sources by URIs of the scheme `linux`. */
  readonly kernelUris?: boolean;
}

/** What a worker is told when it starts. */
export interface WorkerData {
  readonly kernelUris: boolean;
}

/** Why a worker is gone. */
export interface Failure {
  readonly message: string;
  /** As of the command line: 2 if the model did it, 3 if the adapter did. */
  readonly exitCode: number;
}

/** What main and worker say to each other. */
export type ToWorker = { kind: "request"; request: IncomingRequest } | { kind: "ping" };
export type FromWorker = { kind: "message"; message: Outgoing } | { kind: "pong" };

interface Listener {
  onMessage(message: Outgoing): void;
  onFailure(failure: Failure): void;
}

export class SessionWorker {
  readonly #worker: Worker;
  readonly #options: WorkerOptions;
  readonly #listener: Listener;
  readonly #watch: NodeJS.Timeout;
  #lastSignMs = performance.now();
  #lastLookMs = performance.now();
  #over = false;

  constructor(options: WorkerOptions, listener: Listener) {
    this.#options = options;
    this.#listener = listener;
    const workerData: WorkerData = { kernelUris: options.kernelUris ?? false };
    this.#worker = new Worker(options.script, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: options.heapMb, stackSizeMb: 8 },
      // What a library prints must not mix with the protocol on standard output.
      stdout: true,
      stderr: true,
    });
    this.#worker.stderr.on("data", (chunk: Buffer) => process.stderr.write(chunk));
    this.#worker.on("message", (message: FromWorker) => this.#receive(message));
    this.#worker.on("error", (error) => this.#fail(failureOf(error, options.heapMb)));
    this.#worker.on("exit", () =>
      this.#fail({ message: "The debug adapter's worker has ended.", exitCode: 3 }),
    );
    this.#watch = setInterval(() => this.#look(), Math.max(20, Math.min(500, options.silenceMs / 4)));
  }

  send(request: IncomingRequest): void {
    this.#post({ kind: "request", request });
  }

  /** Ends the worker, at the latest after `withinMs`. */
  async end(withinMs: number): Promise<void> {
    this.#over = true;
    clearInterval(this.#watch);
    const timer = new Promise<void>((resolve) => setTimeout(resolve, withinMs).unref());
    await Promise.race([this.#worker.terminate().then(() => {}), timer]);
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    if (this.#over) return;
    this.#lastSignMs = performance.now();
    if (message.kind === "message") this.#listener.onMessage(message.message);
  }

  #look(): void {
    const now = performance.now();
    const lookedMs = now - this.#lastLookMs;
    this.#lastLookMs = now;
    // If this thread itself was not scheduled (a suspended laptop, a busy machine), the worker gets the time back.
    if (lookedMs > this.#options.silenceMs / 2) this.#lastSignMs += lookedMs;
    if (now - this.#lastSignMs > this.#options.silenceMs) {
      const seconds = Math.round(this.#options.silenceMs / 100) / 10;
      this.#fail({
        message: `The run was ended: the program did not answer for ${seconds} s. It is inside one native operation that takes too long (a regular expression, a giant string or array operation).`,
        exitCode: 2,
      });
      return;
    }
    this.#post({ kind: "ping" });
  }

  #fail(failure: Failure): void {
    if (this.#over) return;
    this.#over = true;
    clearInterval(this.#watch);
    void this.#worker.terminate();
    this.#listener.onFailure(failure);
  }
}

function failureOf(error: Error, heapMb: number): Failure {
  if ((error as NodeJS.ErrnoException).code === "ERR_WORKER_OUT_OF_MEMORY")
    return {
      message: `The run was ended: out of memory. The program allocated more than ${heapMb} MB (does a loop allocate for ever?).`,
      exitCode: 2,
    };
  return { message: `The debug adapter crashed: ${error.stack ?? error.message}`, exitCode: 3 };
}
