/** What an exploration writes into its folder: a schedule for each finding, a report to read, and what a shard hands on. */
import { mkdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Order } from "../order.ts";
import { write } from "../run.ts";
import { UserError } from "../user-error.ts";
import { htmlReport } from "./html-report.ts";
import type { Explored } from "./perform.ts";
import type { ShrunkFinding } from "./worker.ts";

/** What one shard hands to `netdev-lab merge`. */
export interface ShardFile {
  readonly kind: "netdev-lab-shard";
  readonly shard: string;
  readonly report: Explored;
  readonly pairs: readonly string[];
}

/** Makes the folder if it is not there. */
export function folder(out: string): string {
  const dir = resolve(out);
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw new UserError(`cannot make the folder ${out}: ${(error as Error).message}`);
  }
  return dir;
}

/** The model's name in names of files. */
export const baseName = (model: string): string => model.replace(/^.*\//, "").replace(/\.ts$/, "");

/** Writes the schedules of all findings; their paths. */
export function writeSchedules(
  out: string,
  order: Order,
  shard: string | null,
  findings: readonly ShrunkFinding[],
): string[] {
  const dir = folder(out);
  const { model } = order.job;
  return findings.map((finding) => {
    const same = findings.filter((f) => f.report.rule === finding.report.rule);
    const number = same.length > 1 ? `-${same.indexOf(finding) + 1}` : "";
    const part = shard === null ? "" : `-shard${shard.split("/")[0]}`;
    const file = join(dir, `${baseName(model)}-${finding.report.rule}${number}${part}.schedule.json`);
    write(file, scheduleText({ ...finding.schedule, model: relative(dir, model) }));
    return file;
  });
}

/** JSON with one decision a line. */
export function scheduleText({
  decisions,
  marks,
  ...rest
}: ShrunkFinding["schedule"] & { model: string }): string {
  const list = decisions.map((d) => `    ${JSON.stringify(d)}`).join(",\n");
  const head = JSON.stringify(rest, null, 2).replace(/\n\}$/, "");
  const tail = marks === undefined ? "" : `,\n  "marks": ${JSON.stringify(marks)}`;
  return `${head},\n  "decisions": [\n${list}\n  ]${tail}\n}\n`;
}

export function writeHtml(out: string, report: Explored, findings: readonly ShrunkFinding[]): void {
  const sources = new Map<string, string>();
  for (const f of findings)
    for (const step of f.story) for (const p of [step.from, step.to]) if (p !== null) sources.set(p.file, "");
  for (const file of sources.keys()) {
    try {
      sources.set(file, readFileSync(file, "utf8"));
    } catch {
      sources.delete(file);
    }
  }
  write(join(folder(out), `${baseName(report.model)}.html`), htmlReport(report, findings, sources));
}

export function writeShard(out: string, report: Explored, pairs: readonly string[]): void {
  if (report.shard === null) return;
  const file: ShardFile = { kind: "netdev-lab-shard", shard: report.shard, report, pairs };
  const name = `shard-${report.shard.replace("/", "-of-")}.json`;
  write(join(folder(out), name), `${JSON.stringify(file, null, 2)}\n`);
}
