/** Ways in: one client on standard input and output, or any number on a local socket. */
import type { Server } from "node:net";
import { Connection } from "./supervision/connection.ts";
import type { WorkerOptions } from "./supervision/sessionWorker.ts";

export type ServeOptions = Partial<WorkerOptions>;

const DEFAULTS = { silenceMs: 10_000, heapMb: 512 };

function complete(options: ServeOptions): WorkerOptions {
  const script = options.script ?? new URL("./debug-worker.cjs", import.meta.url);
  return { ...DEFAULTS, ...options, script };
}

/** Serves one client on standard input and output; resolves when it is gone. */
export function serveStdio(options: ServeOptions = {}): Promise<void> {
  return new Promise((resolve) => {
    new Connection({ input: process.stdin, output: process.stdout }, complete(options), resolve);
  });
}

/** Serves clients on a local TCP port (0: any free one); each connection is a session of its own. */
export async function servePort(port: number, options: ServeOptions = {}): Promise<Server> {
  const { createServer } = await import("node:net"); // standard input and output do without
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    new Connection({ input: socket, output: socket }, complete(options), () => socket.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
