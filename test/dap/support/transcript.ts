/**
 * What client and adapter say to each other in a whole session, as a text to be kept and compared. What changes with the
 * simulated kernel's sources (its lines, times, counters) or with the place of the checkout is written as ‹…›.
 */
import { basename, dirname } from "node:path";
import type { DebugProtocol as Dap } from "@vscode/debugprotocol";
import type { Message } from "./client.ts";
import type { Session, Stopped } from "./session.ts";

/** Numbers that name things: shown in the order of their first appearance. */
const REFERENCES = new Set(["frameId", "variablesReference", "valueLocationReference", "locationReference"]);
/** Numbers that every change of the simulated kernel moves. */
const COUNTERS = new Set(
  "tick ticks timeNs event events statement statements end forkedAt seed percentage".split(" "),
);
const CALL_TRACE = /^ \[\w+\.ts:\d+\]/;
const KERNEL = /^(kernel|workload|lib)\//;

export class Transcript {
  readonly #session: Session;
  readonly #lines: string[] = [];
  readonly #names = new Map<number, string>();
  readonly #folder: string;

  constructor(session: Session) {
    this.#session = session;
    this.#folder = dirname(session.program);
  }

  /** Asks, and waits for the stop that follows where one does. */
  async ask<T = Record<string, unknown>>(command: string, args?: object): Promise<T> {
    return (await this.#exchange(command, args, null)).body as T;
  }

  /** Asks for something that ends with a stop. */
  async move(command: string, args?: object): Promise<Stopped> {
    await this.#exchange(command, args, "stopped");
    return this.#session.client.events<Stopped>("stopped").at(-1)!;
  }

  /** Asks for something that ends the session. */
  async end(command: string, args?: object): Promise<void> {
    await this.#exchange(command, args, "terminated");
  }

  /** Disconnects; the adapter ends. */
  async leave(): Promise<void> {
    await this.ask("disconnect", {});
    while (!this.#session.client.closed) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** The stack (what of it is the model's), the scopes and the local variables of a stop, as an editor asks for them. */
  async look({ threadId }: Stopped): Promise<Dap.StackFrame> {
    // frames of the simulated kernel are left out of the text, so there is nothing to be asked of them
    const { stackFrames } = await this.ask<Dap.StackTraceResponse["body"]>("stackTrace", {
      threadId,
      levels: 4,
    });
    const top = stackFrames[0]!;
    if (isOfKernel({ ...top })) return top;
    const { scopes } = await this.ask<Dap.ScopesResponse["body"]>("scopes", { frameId: top.id });
    await this.ask("variables", { variablesReference: scopes[0]!.variablesReference });
    return top;
  }

  /** All of it; what was printed stands at the end, for when it comes is a matter of milliseconds. */
  get text(): string {
    const printed = this.#session.client
      .outputs()
      .trimEnd()
      .split("\n")
      .filter((line) => !CALL_TRACE.test(line));
    return [...this.#lines, "", "printed:", ...printed.map((line) => `  ${this.#words(line)}`), ""].join(
      "\n",
    );
  }

  async #exchange(command: string, args: object | undefined, event: string | null): Promise<Dap.Response> {
    const { client } = this.#session;
    const from = client.received.length;
    this.#lines.push(`→ ${command}${args === undefined ? "" : ` ${this.#show(args)}`}`);
    const response = await client.answer(command, args);
    if (event === "stopped") await this.#session.stopped();
    else if (event !== null) await client.event(event);
    // an event that follows a response has come when the next one is answered
    const barrier = command === "disconnect" ? null : await client.answer("threads");
    for (const message of client.received.slice(from))
      if ((message as unknown as Dap.Response).request_seq !== barrier?.request_seq) this.#note(message);
    return response;
  }

  #note(message: Message): void {
    if (message.type === "response") {
      const { success, message: problem, body } = message as unknown as Dap.Response;
      const said = success ? (body === undefined ? "" : ` ${this.#show(body)}`) : ` refused: ${problem}`;
      this.#lines.push(`←${said === "" ? " done" : said}`);
      return;
    }
    const { event, body } = message as unknown as Dap.Event;
    if (event !== "output") this.#lines.push(`* ${event}${body === undefined ? "" : ` ${this.#show(body)}`}`);
  }

  #show(value: unknown): string {
    return JSON.stringify(this.#plain(value));
  }

  #plain(value: unknown): unknown {
    if (typeof value === "string") return this.#words(value);
    if (Array.isArray(value))
      return value.filter((one) => !isKernelFrame(one)).map((one) => this.#plain(one));
    if (typeof value !== "object" || value === null) return value;
    const record = value as Record<string, unknown>;
    const ofKernel = isOfKernel(record);
    return Object.fromEntries(
      Object.entries(record).flatMap(([key, member]) => {
        if (key === "checksums") return [];
        if (key === "totalFrames") return [];
        if (COUNTERS.has(key) && typeof member === "number") return [[key, "‹n›"]];
        if (key === "sourceReference" && typeof member === "number" && member > 0) return [[key, "‹n›"]];
        if (ofKernel && /line|column/i.test(key)) return [[key, "‹n›"]];
        const isReference = REFERENCES.has(key) || (key === "id" && isFrame(record));
        if (typeof member === "number" && member > 0 && isReference) return [[key, this.#name(member)]];
        return [[key, this.#plain(member)]];
      }),
    );
  }

  #name(reference: number): string {
    let name = this.#names.get(reference);
    if (name === undefined) this.#names.set(reference, (name = `#${this.#names.size + 1}`));
    return name;
  }

  #words(text: string): string {
    return text
      .replaceAll(this.#folder, "‹folder›")
      .replace(/"lock":\d+/g, '"lock":‹n›')
      .replace(/t = [\d.]+ (ns|µs|ms|s)/g, "t = ‹time›")
      .replace(/[\d.]+ (ns|µs|ms|s) of virtual time/g, "‹time› of virtual time")
      .replace(/\btick \d+/g, "tick ‹n›")
      .replace(/\b\d+ (ticks|statements)\b/g, "‹n› $1")
      .replace(/history [0-9a-f]{16}/g, "history ‹hash›")
      .replace(/^ *at [^\n(]+\(linux:[^)]*\)\n?/gm, "")
      .replace(/(CPU#\d+, \w+)\/\d+/g, "$1/‹n›")
      .replace(/\b((?!workers|deadlock)[a-z_]+\.ts):\d+(:\d+)?/g, "$1:‹n›");
  }
}

function isFrame(record: Record<string, unknown>): boolean {
  return "name" in record && "line" in record && "source" in record && !("verified" in record);
}

function isKernelFrame(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const record = value as Record<string, unknown>;
  return isFrame(record) && isOfKernel(record);
}

/** A frame, a scope or a place in the simulated kernel. */
function isOfKernel({ source, file }: Record<string, unknown>): boolean {
  const path = (source as Dap.Source | undefined)?.path ?? (source as Dap.Source | undefined)?.name ?? file;
  const reference = (source as Dap.Source | undefined)?.sourceReference ?? 0;
  return reference > 0 || (typeof path === "string" && (KERNEL.test(path) || basename(path) === path));
}
