/** The language server as a Node process; it speaks on standard input and output, or as its client says. */
import { readFileSync, statSync } from "node:fs";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import type { Host } from "./host.ts";
import { serve } from "./server.ts";

const host: Host = {
  read: (path) => (statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : null),
  foldsCase: process.platform === "win32" || process.platform === "darwin",
};

const wanted = process.argv.some((arg) => /^--(stdio|node-ipc|socket|pipe)/.test(arg));
const connection = wanted
  ? createConnection(ProposedFeatures.all)
  : createConnection(ProposedFeatures.all, process.stdin, process.stdout);
serve(connection, host);
