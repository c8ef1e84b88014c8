/** What dist/debug-session.js gives: the session, for a worker of Node and for one of a browser. */
export { serveInBrowser } from "./browserWorker.ts";
export { serve } from "./worker.ts";
