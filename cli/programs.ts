/** `netdev-lab dap` and `netdev-lab bench`: programs of their own, beside this one. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Arguments } from "./arguments.ts";
import { UserError } from "./user-error.ts";

export function dap({ positionals, given }: Arguments): Promise<number> {
  if (positionals.length > 0)
    throw new UserError(`dap takes no "${positionals[0]}": the editor says what to debug`);
  const port = given.get("port")?.at(-1);
  return start("debug-adapter.mjs", port === undefined ? [] : ["--port", port]);
}

export function bench({ positionals }: Arguments): Promise<number> {
  return start("bench.mjs", [...positionals]);
}

function start(bundle: string, args: readonly string[]): Promise<number> {
  const file = ["./", "../dist/"]
    .map((dir) => fileURLToPath(new URL(dir + bundle, import.meta.url)))
    .find((f) => existsSync(f));
  if (file === undefined)
    throw new UserError(`${bundle} is not in this installation: run \`npm run build\` in a checkout`);
  const child = spawn(process.execPath, [file, ...args], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? (signal === null ? 3 : 0)));
  });
}
