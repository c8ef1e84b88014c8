/** The worker's script: loads the session's code, compiled by an earlier session if there was one. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CachedScript } from "../host/scriptCache.ts";

type Bundle = (require: NodeJS.Require, exports: { serve?(keep: () => void): void }, url: string) => void;

const path = join(__dirname, "debug-session.js");
const script = new CachedScript(path);
const exports: Parameters<Bundle>[1] = {};
(script.run() as Bundle)(require, exports, pathToFileURL(path).href);
exports.serve!(() => script.save());
