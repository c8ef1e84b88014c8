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

/** Serves one session; the function that comes back takes what the worker is told. */
export function serveInBrowser(post: (message: unknown) => void): (told: ToBrowserWorker) => void {
  const files = new Map<string, string>();
  let queue: RequestQueue | null = null;
  let seq = 0;
  const start = (texts: KernelTexts): RequestQueue => {
    installPlatform(browserPlatform(texts, files));
    const send = (message: Outgoing): void => post({ seq: ++seq, ...message });
    const session = new Session(send, { kernelUris: true });
    return new RequestQueue(new Dispatcher(handlers, session, send), () => undefined);
  };
  return (told) => {
    switch (told.kind) {
      case "kernel":
        queue = start(told.texts);
        break;
      case "file":
        if (told.text === null) files.delete(told.path);
        else files.set(told.path, told.text);
        break;
      case "message":
        if (isRequest(told.message)) void queue?.add(told.message);
        break;
    }
  };
}

function isRequest(message: unknown): message is IncomingRequest {
  const { type, seq, command } = (message ?? {}) as Record<string, unknown>;
  return type === "request" && Number.isSafeInteger(seq) && typeof command === "string";
}
