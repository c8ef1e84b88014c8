/** `netdev-lab run MODEL.ts` */
import { writeFileSync } from "node:fs";
import { exitCode } from "../sim/lab/result.ts";
import type { Arguments } from "./arguments.ts";
import type { Finished } from "./job.ts";
import { junit } from "./junit.ts";
import { fulfil, orderFor, terminalProgress } from "./order.ts";
import type { Report } from "./report.ts";
import { sarif } from "./sarif.ts";
import { diagnosticText, dmesgText, paintFor, shortPath, summaryText, violationText } from "./text.ts";
import { UserError } from "./user-error.ts";

export async function run({ positionals, given }: Arguments): Promise<number> {
  const [path, ...more] = positionals;
  if (path === undefined) throw new UserError("run needs a driver model: netdev-lab run MODEL.ts");
  if (more.length > 0) throw new UserError(`run takes one model; \`netdev-lab check\` takes several`);
  const strategy = given.get("strategy")?.at(-1);
  if (strategy !== undefined && strategy !== "random" && strategy !== "fixed") {
    throw new UserError(`--strategy ${strategy} tries many schedules: netdev-lab explore ${path} does that`);
  }
  const order = orderFor(path, given);
  const progress = terminalProgress(shortPath(order.job.model));
  const result = await fulfil(order, progress.show).finally(progress.clear);
  writeFiles(result, (name) => given.get(name)?.at(-1));
  if (given.has("json")) printJson(result, given.has("dmesg"));
  else print(result, given.has("dmesg"));
  return exitCode(result.report, failOn(given.get("fail-on")?.at(-1)));
}

export function failOn(value: string | undefined): "error" | "warning" {
  return value === "warning" ? "warning" : "error";
}

function print({ report, dmesg, notes, diagnostics }: Finished, withDmesg: boolean): void {
  const paint = paintFor(process.stdout);
  const lines = [
    ...(withDmesg ? dmesg.map(dmesgText) : []),
    ...diagnostics.map((d) => diagnosticText(d, paint)),
    ...report.violations.map((v) => violationText(v, paint)),
    ...notes.map((note) => `${paint("blue", "note:")} ${note}`),
    summaryText(report, paint),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

function printJson({ report, dmesg, notes, diagnostics }: Finished, withDmesg: boolean): void {
  const paint = paintFor(process.stderr);
  const lines = [
    ...(withDmesg ? dmesg.map(dmesgText) : []),
    ...diagnostics.map((d) => diagnosticText(d, paint)),
    ...notes.map((note) => `${paint("blue", "note:")} ${note}`),
  ];
  if (lines.length > 0) process.stderr.write(`${lines.join("\n")}\n`);
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
}

function writeFiles({ report, pcap, trace }: Finished, option: (name: string) => string | undefined): void {
  write(option("pcap"), pcap);
  write(option("trace"), trace);
  if (option("sarif")) write(option("sarif"), sarif([report]));
  if (option("junit")) write(option("junit"), junit([{ report, failures: messages(report) }]));
}

/** Errors, or warnings too, as one line each. */
export function messages(report: Report, level: "error" | "warning" = "error"): string[] {
  return report.violations
    .filter((v) => v.severity === "error" || v.severity === level)
    .map((v) => `${v.file}:${v.line}:${v.column}: ${v.message} [${v.rule}]`);
}

export function write(path: string | undefined, content: string | Uint8Array | null): void {
  if (path === undefined || content === null) return;
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw new UserError(`cannot write ${path}: ${(error as Error).message}`);
  }
}
