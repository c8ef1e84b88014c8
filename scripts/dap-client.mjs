// A small Debug Adapter Protocol client over stdio.
import { spawn } from "node:child_process";

const TIMEOUT_MS = 30_000;

/** Starts an adapter and speaks to it. Events are kept until somebody asks for them. */
export class DapClient {
  #process;
  #seq = 1;
  #pending = new Map();
  #events = [];
  #waiters = [];
  #input = Buffer.alloc(0);

  /** @param {string} file @param {string[]} args */
  constructor(file, args) {
    this.#process = spawn(file, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.#process.stdout.on("data", (chunk) => this.#receive(chunk));
    this.#process.stdin.on("error", () => {}); // the exit says it better
    this.#process.once("error", (error) => this.#fail(error));
    this.#process.once("exit", (code) => this.#fail(new Error(`the adapter ended (${code})`)));
  }

  /** Sends a request; resolves with the body of its response, rejects with its message. */
  request(command, args = {}) {
    const seq = this.#seq++;
    const text = Buffer.from(JSON.stringify({ seq, type: "request", command, arguments: args }));
    this.#process.stdin.write(`Content-Length: ${text.length}\r\n\r\n`);
    this.#process.stdin.write(text);
    const answer = new Promise((resolve, reject) => this.#pending.set(seq, { resolve, reject }));
    return withTimeout(answer, `no answer to ${command}`);
  }

  /** The first event, past or to come, whose name is one of these; taken out of what was kept. */
  event(...names) {
    const index = this.#events.findIndex((event) => names.includes(event.event));
    if (index >= 0) return Promise.resolve(this.#events.splice(index, 1)[0]);
    const event = new Promise((resolve, reject) => this.#waiters.push({ names, resolve, reject }));
    return withTimeout(event, `no event ${names.join(" or ")}`);
  }

  /** Takes all kept events of a name. */
  take(name) {
    const taken = this.#events.filter((event) => event.event === name);
    this.#events = this.#events.filter((event) => event.event !== name);
    return taken;
  }

  /** Ends the adapter. */
  close() {
    this.#process.kill();
  }

  #receive(chunk) {
    this.#input = Buffer.concat([this.#input, chunk]);
    for (;;) {
      const end = this.#input.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#input.subarray(0, end).toString())?.[1]);
      if (this.#input.length < end + 4 + length) return;
      const message = JSON.parse(this.#input.subarray(end + 4, end + 4 + length).toString());
      this.#input = this.#input.subarray(end + 4 + length);
      this.#dispatch(message);
    }
  }

  #dispatch(message) {
    if (message.type === "response") {
      const pending = this.#pending.get(message.request_seq);
      this.#pending.delete(message.request_seq);
      if (message.success) pending?.resolve(message.body ?? {});
      else pending?.reject(new Error(message.body?.error?.format ?? message.message ?? "refused"));
    } else if (message.type === "event") {
      const index = this.#waiters.findIndex(({ names }) => names.includes(message.event));
      if (index >= 0) this.#waiters.splice(index, 1)[0].resolve(message);
      else this.#events.push(message);
    }
  }

  #fail(error) {
    for (const { reject } of [...this.#pending.values(), ...this.#waiters]) reject(error);
    this.#pending.clear();
    this.#waiters = [];
  }
}

function withTimeout(promise, message) {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${message} within ${TIMEOUT_MS / 1000} s`)), TIMEOUT_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
