/**
 * The session in a Web Worker, where there is no Node: an editor in a browser starts it, brings the kernel and the files of
 * the program, and exchanges messages of the protocol with it. Each message is numbered here.
 */
import { Dispatcher } from "./dispatcher.ts";
import { browserPlatform, type KernelTexts } from "./platform/browser.ts";
import { installPlatform } from "./platform/platform.ts";
import type { IncomingRequest, Outgoing } from "./protocol.ts";
import { RequestQueue } from "./requestQueue.ts";
import { handlers } from "./requests/index.ts";
import { Session } from "./session/session.ts";

/** What the worker is told. The kernel comes first. */
export type ToBrowserWorker =
  | { readonly kind: "kernel"; readonly texts: KernelTexts }
  | { readonly kind: "file"; readonly path: string; readonly text: string | null }
  | { readonly kind: "message"; readonly message: unknown };

interface Scope {
  onmessage: ((event: { data: ToBrowserWorker }) => void) | null;
  postMessage(message: unknown): void;
}

const scope = globalThis as unknown as Scope;
const files = new Map<string, string>();
let queue: RequestQueue | null = null;
let seq = 0;

function start(texts: KernelTexts): RequestQueue {
  installPlatform(browserPlatform(texts, files));
  const send = (message: Outgoing): void => scope.postMessage({ seq: ++seq, ...message });
  const session = new Session(send, { kernelUris: true });
  return new RequestQueue(new Dispatcher(handlers, session, send), () => undefined);
}

scope.onmessage = ({ data }) => {
  switch (data.kind) {
    case "kernel":
      queue = start(data.texts);
      break;
    case "file":
      if (data.text === null) files.delete(data.path);
      else files.set(data.path, data.text);
      break;
    case "message":
      if (isRequest(data.message)) void queue?.add(data.message);
      break;
  }
};

function isRequest(message: unknown): message is IncomingRequest {
  const { type, seq, command } = (message ?? {}) as Record<string, unknown>;
  return type === "request" && Number.isSafeInteger(seq) && typeof command === "string";
}
