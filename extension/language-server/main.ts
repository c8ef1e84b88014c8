/** The language server as a Node process; it speaks on standard input and output, or as its client says. */
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import type { Host } from "./host.ts";
import { serve } from "./server.ts";

const host: Host = {
  read: (path) => (statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : null),
  toPath: (uri) => (uri.startsWith("file:") ? fileURLToPath(uri).replaceAll("\\", "/") : uri),
  toUri: (path) => (/^[a-z-]{2,}:/.test(path) ? path : pathToFileURL(path).href),
};

const wanted = process.argv.some((arg) => /^--(stdio|node-ipc|socket|pipe)/.test(arg));
const connection = wanted
  ? createConnection(ProposedFeatures.all)
  : createConnection(ProposedFeatures.all, process.stdin, process.stdout);
serve(connection, host);
