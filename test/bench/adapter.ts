/** Figures over the wire: a debug session on snull against dist/debug-adapter.mjs. */
import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, percentile } from "./table.ts";

export interface AdapterFigures {
  readonly launchMs: number;
  /** The same when the model has been edited since the last session. */
  readonly editedLaunchMs: number;
  readonly stepP95Ms: number;
}

interface Message {
  readonly type: string;
  readonly command?: string;
  readonly event?: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: Record<string, unknown>;
}

/** Just enough of a client: requests by sequence number, events by name. */
export class Client {
  readonly #child: ChildProcess;
  readonly #waiting: { accept: (m: Message) => boolean; resolve: (m: Message) => void }[] = [];
  #buffer = Buffer.alloc(0);
  #seq = 0;

  constructor(program: string) {
    this.#child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"] });
    this.#child.stdout!.on("data", (chunk: Buffer) => this.#receive(chunk));
  }

  async request(command: string, args: object = {}): Promise<Message> {
    const seq = ++this.#seq;
    const text = JSON.stringify({ seq, type: "request", command, arguments: args });
    const answer = this.#wait(`answer to ${command}`, (m) => m.type === "response" && m.request_seq === seq);
    this.#child.stdin!.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    const message = await answer;
    if (!message.success) throw new Error(`${command}: ${message.message}`);
    return message;
  }

  event(name: string): Promise<Message> {
    return this.#wait(`event ${name}`, (m) => m.type === "event" && m.event === name);
  }

  /** Processor time of the adapter in milliseconds; not known on every system. */
  get processorMs(): number {
    try {
      const fields = readFileSync(`/proc/${this.#child.pid}/stat`, "utf8").split(") ")[1]!.split(" ");
      return (Number(fields[11]) + Number(fields[12])) * 10;
    } catch {
      return Number.NaN;
    }
  }

  end(): void {
    this.#child.kill();
  }

  #wait(what: string, accept: (m: Message) => boolean): Promise<Message> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the adapter sent no ${what} within 60 s`)), 60_000);
      const done = (message: Message): void => {
        clearTimeout(timer);
        resolve(message);
      };
      this.#waiting.push({ accept, resolve: done });
    });
  }

  #receive(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const head = this.#buffer.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.toString("latin1", 0, head))?.[1]);
      if (this.#buffer.length < head + 4 + length) return;
      const message = JSON.parse(this.#buffer.toString("utf8", head + 4, head + 4 + length)) as Message;
      this.#buffer = this.#buffer.subarray(head + 4 + length);
      const i = this.#waiting.findIndex((w) => w.accept(message));
      if (i >= 0) this.#waiting.splice(i, 1)[0]!.resolve(message);
    }
  }
}

/** Longer than a session waits before it keeps its compiled code for the next one. */
const KEPT_MS = 1_000;

async function session(
  root: string,
  program: string,
  steps: number,
): Promise<{ launchMs: number; stepsMs: number[] }> {
  const client = new Client(join(root, "dist/debug-adapter.mjs"));
  try {
    const start = performance.now();
    const initialized = client.event("initialized");
    await client.request("initialize", {
      adapterID: "netdev-lab",
      linesStartAt1: true,
      columnsStartAt1: true,
    });
    const launched = client.request("launch", {
      program,
      workload: "smoke",
      cpus: 2,
    });
    await initialized;
    await client.request("setFunctionBreakpoints", { breakpoints: [{ name: "snull_tx" }] });
    let stopped = client.event("stopped");
    await client.request("configurationDone");
    await Promise.all([launched, stopped]);
    const launchMs = performance.now() - start;
    const threadId = Number((await stopped).body?.threadId);
    const stepsMs: number[] = [];
    for (let i = 0; i < steps; i++) {
      const before = performance.now();
      stopped = client.event("stopped");
      await client.request("next", { threadId });
      await stopped;
      await client.request("stackTrace", { threadId, levels: 1 });
      stepsMs.push(performance.now() - before);
    }
    if (steps === 0) await new Promise((resolve) => setTimeout(resolve, KEPT_MS));
    return { launchMs, stepsMs };
  } finally {
    client.end();
  }
}

const ROUNDS = 7;
const STEPS = 100;

export async function adapterFigures(root: string): Promise<AdapterFigures> {
  const folder = mkdtempSync(join(tmpdir(), "netdev-lab-"));
  try {
    cpSync(join(root, "examples/snull"), folder, { recursive: true });
    const program = join(folder, "snull.ts");
    const launches: number[] = [];
    const edited: number[] = [];
    const steps: number[] = [];
    await session(root, program, 0); // the first session on a machine
    for (let i = 0; i < ROUNDS; i++) {
      const { launchMs, stepsMs } = await session(root, program, STEPS);
      launches.push(launchMs);
      steps.push(...stepsMs);
    }
    for (let i = 0; i < ROUNDS; i++) {
      appendFileSync(program, "\n");
      edited.push((await session(root, program, 1)).launchMs);
    }
    return {
      launchMs: median(launches),
      editedLaunchMs: median(edited),
      stepP95Ms: percentile(steps, 0.95),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
