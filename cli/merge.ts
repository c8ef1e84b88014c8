/** `netdev-lab merge FILE…`: the shards of one exploration become one result. Merging something twice does no harm. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pairCounts } from "../sim/explore/coverage.ts";
import { fingerprint } from "../sim/explore/unit.ts";
import { exitCode } from "../sim/lab/result.ts";
import type { Arguments } from "./arguments.ts";
import type { ShardFile } from "./explore/files.ts";
import type { Explored } from "./explore/perform.ts";
import { junit } from "./junit.ts";
import { failOn, messages, write } from "./run.ts";
import { sarif } from "./sarif.ts";
import { paintFor, plural, summaryText, violationText } from "./text.ts";
import { UserError } from "./user-error.ts";

export function merge({ positionals, given }: Arguments): number {
  if (positionals.length === 0)
    throw new UserError("merge needs the files of shards: netdev-lab merge DIR|FILE…");
  const shards = positionals.flatMap(filesIn).map(readShard);
  if (shards.length === 0) throw new UserError(`there is no shard-I-of-N.json in ${positionals.join(", ")}`);
  const byModel = groups(shards);
  const reports = [...byModel.values()].map(merged);
  write(given.get("sarif")?.at(-1), given.has("sarif") ? sarif(reports) : null);
  write(
    given.get("junit")?.at(-1),
    given.has("junit") ? junit(reports.map((report) => ({ report, failures: messages(report) }))) : null,
  );
  const paint = paintFor(process.stdout);
  if (given.has("json"))
    process.stdout.write(
      `${JSON.stringify(reports.length === 1 ? reports[0] : { models: reports }, null, 2)}\n`,
    );
  else
    for (const report of reports) {
      for (const v of report.violations) console.log(violationText(v, paint));
      console.log(summaryText(report, paint));
      console.log(
        `${plural(report.runs, "schedule")} in ${plural(byModel.get(keyOf(report))!.size, "shard")}`,
      );
    }
  return Math.max(...reports.map((r) => exitCode(r, failOn(given.get("fail-on")?.at(-1)))));
}

const keyOf = (report: Explored): string =>
  `${report.model} ${report.workload} ${report.seed} ${report.strategy}`;

/** By model, then by shard: a shard that was run twice counts once. */
function groups(shards: readonly ShardFile[]): Map<string, Map<string, ShardFile>> {
  const found = new Map<string, Map<string, ShardFile>>();
  for (const shard of shards) {
    const key = keyOf(shard.report);
    const group = found.get(key) ?? new Map<string, ShardFile>();
    const known = group.get(shard.shard);
    if (known === undefined || shard.report.runs > known.report.runs) group.set(shard.shard, shard);
    found.set(key, group);
  }
  return found;
}

function merged(group: ReadonlyMap<string, ShardFile>): Explored {
  const shards = [...group.values()].sort(
    (a, b) => Number.parseInt(a.shard, 10) - Number.parseInt(b.shard, 10),
  );
  const first = shards[0]!.report;
  const sum = (of: (r: Explored) => number): number => shards.reduce((total, s) => total + of(s.report), 0);
  const violations = new Map<string, Explored["violations"][number]>();
  for (const violation of shards.flatMap((s) => s.report.violations).sort((a, b) => a.run - b.run))
    if (!violations.has(fingerprint(violation))) violations.set(fingerprint(violation), violation);
  return {
    ...first,
    runs: sum((r) => r.runs),
    ticks: sum((r) => r.ticks),
    virtualTimeNs: sum((r) => r.virtualTimeNs),
    wallSeconds: sum((r) => r.wallSeconds),
    violations: [...violations.values()],
    coverage: pairCounts(shards.flatMap((s) => s.pairs)),
    shard: null,
  };
}

function filesIn(path: string): string[] {
  if (!existsSync(path)) throw new UserError(`there is no file ${path}`);
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => /(^|\/)shard-\d+-of-\d+\.json$/.test(name))
    .sort()
    .map((name) => join(path, name));
}

function readShard(path: string): ShardFile {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UserError(`${path} is no result of a shard: ${(error as Error).message}`);
  }
  if ((value as Partial<ShardFile> | null)?.kind !== "netdev-lab-shard")
    throw new UserError(`${path} is no result of a shard`);
  return value as ShardFile;
}
