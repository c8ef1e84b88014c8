/** The Web Worker's script: takes the session's code, which is the same as in Node, and lets it serve. */
import type { serveInBrowser, ToBrowserWorker } from "./browserWorker.ts";

type Bundle = (
  require: () => object,
  exports: { serveInBrowser?: typeof serveInBrowser },
  url: string,
) => void;

/** The first message: text of dist/debug-session.js. */
interface Code {
  readonly kind: "code";
  readonly text: string;
}

interface Scope {
  onmessage: ((event: { data: Code | ToBrowserWorker }) => void) | null;
  postMessage(message: unknown): void;
}

const scope = globalThis as unknown as Scope;
let take: ((told: ToBrowserWorker) => void) | null = null;

scope.onmessage = ({ data }) => {
  if (data.kind === "code") take = load(data.text);
  else take?.(data);
};

function load(text: string): (told: ToBrowserWorker) => void {
  // biome-ignore lint/security/noGlobalEval: our own code, one expression, which comes with the extension
  // biome-ignore lint/complexity/noCommaOperator: an indirect eval sees globals only
  const bundle = (0, eval)(text) as Bundle;
  const exports: Parameters<Bundle>[1] = {};
  // The half that is for Node names its modules; nothing of them is used here.
  bundle(() => ({}), exports, "");
  return exports.serveInBrowser!((message) => scope.postMessage(message));
}
