/** The worker of one session: requests in, responses and events out. */
import { parentPort, workerData } from "node:worker_threads";
import { Dispatcher } from "./dispatcher.ts";
import type { Outgoing } from "./protocol.ts";
import { handlers } from "./requests/index.ts";
import { loadKernel } from "./session/kernel.ts";
import { Session } from "./session/session.ts";
import type { FromWorker, ToWorker, WorkerData } from "./supervision/sessionWorker.ts";

const port = parentPort;
if (port === null) throw new Error("this script runs in a worker of the debug adapter");

const post = (message: FromWorker): void => port.postMessage(message);
const send = (message: Outgoing): void => post({ kind: "message", message });
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

port.on("message", (message: ToWorker) => {
  if (message.kind === "ping") post({ kind: "pong" });
  else void dispatcher.dispatch(message.request);
});
