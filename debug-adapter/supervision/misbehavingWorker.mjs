// A worker for tests of the supervision: each command misbehaves in its own way.
import { parentPort } from "node:worker_threads";

const answer = (request, more = {}) =>
  parentPort.postMessage({
    kind: "message",
    message: { type: "response", request_seq: request.seq, command: request.command, success: true, ...more },
  });

const commands = {
  silence() {
    for (;;);
  },
  memory() {
    const all = [];
    for (;;) all.push(new Array(1000).fill(all.length));
  },
  crash() {
    setImmediate(() => {
      throw new Error("the worker has a bug");
    });
  },
  exit() {
    process.exit(0);
  },
  never() {},
  twice(request) {
    answer(request);
    answer(request);
  },
  print(request) {
    console.log("Content-Length: 2\r\n\r\n{}");
    answer(request);
  },
};

parentPort.on("message", (message) => {
  if (message.kind === "ping") return parentPort.postMessage({ kind: "pong" });
  const { request } = message;
  const misbehave = commands[request.command];
  return misbehave === undefined ? answer(request) : misbehave(request);
});
