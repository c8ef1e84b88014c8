/** What the client said of itself in `initialize`: how it counts, and what it can do. */
import { pathOfFileUri, uriOfPath } from "../platform/paths.ts";
import { platform } from "../platform/platform.ts";
import type { Dap } from "../protocol.ts";

export class Client {
  readonly #args: Dap.InitializeRequestArguments;

  constructor(args: Dap.InitializeRequestArguments) {
    this.#args = args;
  }

  get supportsInvalidated(): boolean {
    return this.#args.supportsInvalidatedEvent === true;
  }

  get supportsMemory(): boolean {
    return this.#args.supportsMemoryEvent === true;
  }

  get supportsProgress(): boolean {
    return this.#args.supportsProgressReporting === true;
  }

  get supportsColours(): boolean {
    return this.#args.supportsANSIStyling === true;
  }

  get supportsVariableType(): boolean {
    return this.#args.supportsVariableType === true;
  }

  /** A line of ours (from 1) as the client counts. */
  line(line: number): number {
    return this.#args.linesStartAt1 === false ? line - 1 : line;
  }

  column(column: number): number {
    return this.#args.columnsStartAt1 === false ? column - 1 : column;
  }

  /** A line of the client as we count. */
  ourLine(line: number): number {
    return this.#args.linesStartAt1 === false ? line + 1 : line;
  }

  ourColumn(column: number): number {
    return this.#args.columnsStartAt1 === false ? column + 1 : column;
  }

  /** A path of ours (`/` between its parts) as the client writes it. */
  path(path: string): string {
    if (this.#args.pathFormat === "uri") return uriOfPath(path);
    return platform().backslashes ? path.replaceAll("/", "\\") : path;
  }

  ourPath(path: string): string {
    const plain = path.startsWith("file:") ? pathOfFileUri(path) : path;
    return platform().backslashes ? plain.replaceAll("\\", "/") : plain;
  }
}
