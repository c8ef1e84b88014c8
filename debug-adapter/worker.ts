/** The worker of one session: requests in, responses and events out. */
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { Dispatcher } from "./dispatcher.ts";
import { nodePlatform } from "./platform/node.ts";
import { installPlatform } from "./platform/platform.ts";
import type { IncomingRequest, Outgoing } from "./protocol.ts";
import { RequestQueue } from "./requestQueue.ts";
import { handlers } from "./requests/index.ts";
import { keepCompiled, loadKernel } from "./session/kernel.ts";
import { Session } from "./session/session.ts";
import type { FromWorker, ToWorker, WorkerData } from "./supervision/sessionWorker.ts";

/** After the first stop, when nobody waits for an answer. */
const KEEP_AFTER_MS = 300;

/** Serves the session; `keep` is called once, when the common paths have run. */
export function serve(keep: () => void): void {
  const port = parentPort;
  if (port === null) throw new Error("this script runs in a worker of the debug adapter");

  installPlatform(nodePlatform());
  let warm = false;
  const post = (message: FromWorker): void => port.postMessage(message);
  const send = (message: Outgoing): void => {
    post({ kind: "message", message });
    if (warm || message.type !== "event" || message.event !== "stopped") return;
    warm = true;
    setTimeout(() => {
      keepCompiled();
      keep();
    }, KEEP_AFTER_MS);
  };
  const session = new Session(send, (workerData ?? {}) as Partial<WorkerData>);
  const dispatcher = new Dispatcher(handlers, session, send);

  // While the client makes up its mind: reading the simulated kernel takes longer than anything before the first stop.
  setImmediate(() => {
    try {
      loadKernel();
    } catch {
      // told at launch
    }
  });

  const take = (message: ToWorker): IncomingRequest | null => {
    if (message.kind === "request") return message.request;
    post({ kind: "pong" });
    return null;
  };
  const queue = new RequestQueue(dispatcher, () => {
    for (;;) {
      const next = receiveMessageOnPort(port) as { message: ToWorker } | undefined;
      if (next === undefined) return undefined;
      const request = take(next.message);
      if (request !== null) return request;
    }
  });
  port.on("message", (message: ToWorker) => {
    const request = take(message);
    if (request !== null) void queue.add(request);
  });
}
