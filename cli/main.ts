/** The program `netdev-lab`. The same file is the worker thread in which a run takes place. */
import { readFileSync } from "node:fs";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { type Arguments, readArguments } from "./arguments.ts";
import { check } from "./check/command.ts";
import { explore } from "./explore/command.ts";
import { type ExploreJob, exploreWorker } from "./explore/worker.ts";
import { help } from "./help.ts";
import type { Job, WorkerMessage } from "./job.ts";
import { lint } from "./lint.ts";
import { merge } from "./merge.ts";
import type { Command } from "./options.ts";
import { perform } from "./perform.ts";
import { bench, dap } from "./programs.ts";
import { replay } from "./replay.ts";
import { rules } from "./rules.ts";
import { run } from "./run.ts";
import { EXIT, UserError } from "./user-error.ts";

const COMMANDS: Record<Command, (args: Arguments) => number | Promise<number>> = {
  run,
  check,
  rules,
  dap,
  bench,
  explore,
  merge,
  lint,
  replay,
};

async function main(argv: readonly string[]): Promise<number> {
  try {
    const args = readArguments(argv);
    if (args.wants === "version") process.stdout.write(`netdev-lab ${version()}\n`);
    if (args.wants === "help") process.stdout.write(help(args.command));
    if (args.wants !== "command" || args.command === null) return EXIT.clean;
    return await COMMANDS[args.command](args);
  } catch (error) {
    if (error instanceof UserError) {
      process.stderr.write(`${prefixed(error.message)}\n`);
      return EXIT.usage;
    }
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`netdev-lab: internal error, please report it:\n${stack}\n`);
    return EXIT.internal;
  }
}

/** Messages that begin with a place in a file stand for themselves, as a compiler's do. */
function prefixed(message: string): string {
  return /^\S+:\d+:\d+: /.test(message) ? message : `netdev-lab: ${message}`;
}

function version(): string {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return manifest.version;
}

function work(job: Job): WorkerMessage {
  try {
    return perform(job, (message) => parentPort!.postMessage(message));
  } catch (error) {
    if (error instanceof UserError) return { kind: "refused", reason: error.message };
    return {
      kind: "crashed",
      stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

if (isMainThread) {
  // a closed pipe (`netdev-lab rules | head`) is no error
  process.stdout.on("error", (error: NodeJS.ErrnoException) =>
    process.exit(error.code === "EPIPE" ? 0 : EXIT.internal),
  );
  process.exitCode = await main(process.argv.slice(2));
} else {
  const { job } = workerData as { job: Job | ExploreJob };
  if ("kind" in job) exploreWorker(job, parentPort!);
  else parentPort!.postMessage(work(job));
}
