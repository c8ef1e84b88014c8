/**
 * The wire format of the Debug Adapter Protocol: `Content-Length: N\r\n\r\n` and N bytes of JSON. The reader never
 * throws and never gets stuck: whatever is not a message is reported as `malformed`, and it goes on with the next one.
 */

/** What came in: a message as parsed, or bytes that are none. */
export type Incoming =
  | { kind: "message"; message: Record<string, unknown> }
  | { kind: "malformed"; reason: string; text: string };

/** A header longer than this is no header. */
const MAX_HEADER_BYTES = 8 * 1024;
/** A longer message is refused; its bytes are skipped without being kept. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** How much of a malformed message is kept for its report. */
const EXCERPT_CHARS = 4096;
const HEADER_START = /content-length[ \t]*:/i;

export class MessageReader {
  #pending: Buffer = Buffer.alloc(0);
  /** Bytes of a refused message that are still to come. */
  #skip = 0;
  readonly #onIncoming: (incoming: Incoming) => void;

  constructor(onIncoming: (incoming: Incoming) => void) {
    this.#onIncoming = onIncoming;
  }

  /** Takes the next bytes, however they were cut. */
  feed(chunk: Buffer): void {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    while (this.#step()) {
      // each step takes one message, or reports and drops what is none
    }
  }

  /** Does one step; false if more bytes are needed. */
  #step(): boolean {
    if (this.#skip > 0) return this.#skipRefused();
    if (this.#pending.length === 0) return false;
    const headerEnd = endOfHeader(this.#pending);
    if (headerEnd === null) return this.#withoutHeader();
    const header = this.#pending.subarray(0, headerEnd.at).toString("latin1");
    const length = contentLength(header);
    if (typeof length === "string") {
      this.#malformed(length, this.#pending.subarray(0, headerEnd.next));
      this.#resynchronise(headerEnd.next);
      return true;
    }
    if (length > MAX_BODY_BYTES) {
      this.#malformed(`a message of ${length} bytes is too long`, this.#pending.subarray(0, headerEnd.next));
      this.#pending = this.#pending.subarray(headerEnd.next);
      this.#skip = length;
      return true;
    }
    const end = headerEnd.next + length;
    if (this.#pending.length < end) return false;
    const body = this.#pending.subarray(headerEnd.next, end);
    this.#pending = this.#pending.subarray(end);
    this.#body(body);
    return true;
  }

  #body(body: Buffer): void {
    const message = parseObject(body.toString("utf8"));
    if (typeof message === "string") this.#malformed(message, body);
    else this.#onIncoming({ kind: "message", message });
  }

  /** No blank line yet: wait, unless what is there can never become a header. */
  #withoutHeader(): boolean {
    if (this.#pending.length <= MAX_HEADER_BYTES) return false;
    this.#malformed("no Content-Length header", this.#pending);
    return this.#resynchronise(1);
  }

  /** Drops bytes up to the next thing that looks like a header; true if there is one. */
  #resynchronise(from: number): boolean {
    const rest = this.#pending.subarray(from);
    const match = HEADER_START.exec(rest.toString("latin1"));
    // Without a header in sight the tail is kept: it may be the first half of one.
    this.#pending = match ? rest.subarray(match.index) : rest.subarray(Math.max(0, rest.length - 16));
    return match !== null;
  }

  #skipRefused(): boolean {
    const n = Math.min(this.#skip, this.#pending.length);
    this.#skip -= n;
    this.#pending = this.#pending.subarray(n);
    return this.#pending.length > 0;
  }

  #malformed(reason: string, bytes: Buffer): void {
    const text = bytes.subarray(0, EXCERPT_CHARS).toString("utf8");
    this.#onIncoming({ kind: "malformed", reason, text });
  }
}

/** The message, or what is wrong with its text. */
function parseObject(text: string): Record<string, unknown> | string {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : "a message must be a JSON object";
  } catch (error) {
    return `not JSON: ${(error as Error).message}`;
  }
}

/** The bytes of one message. */
export function encode(message: object): Buffer {
  const body = Buffer.from(JSON.stringify(message), "utf8");
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`, "latin1"), body]);
}

/** The blank line that ends the header; clients written by hand often send bare line feeds. */
function endOfHeader(bytes: Buffer): { at: number; next: number } | null {
  const crlf = bytes.indexOf("\r\n\r\n");
  const lf = bytes.indexOf("\n\n");
  if (crlf < 0 && lf < 0) return null;
  return lf >= 0 && (crlf < 0 || lf < crlf) ? { at: lf, next: lf + 2 } : { at: crlf, next: crlf + 4 };
}

/** The length that the header states, or what is wrong with it. */
function contentLength(header: string): number | string {
  const fields = header.split(/\r?\n/);
  for (const field of fields) {
    // Not anchored: what is left of an earlier, broken message may stand before it on the line.
    const match = /content-length[ \t]*:[ \t]*(.*?)[ \t]*$/i.exec(field);
    if (!match) continue;
    const value = match[1] ?? "";
    return /^[0-9]{1,15}$/.test(value) ? Number(value) : `Content-Length is not a number: "${value}"`;
  }
  return "no Content-Length header";
}
