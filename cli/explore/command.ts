/** `netdev-lab explore MODEL.ts`: many runs on all cores, findings made small, written as schedules and as a report. */
import { storyText } from "../../sim/explore/story.ts";
import { exitCode } from "../../sim/lab/result.ts";
import type { Arguments } from "../arguments.ts";
import { junit } from "../junit.ts";
import { orderFor } from "../order.ts";
import { failOn, messages, write } from "../run.ts";
import { sarif } from "../sarif.ts";
import { type Paint, paintFor, plural, shortPath, summaryText, violationText } from "../text.ts";
import { UserError } from "../user-error.ts";
import { writeShard } from "./files.ts";
import { type Explored, performExploration } from "./perform.ts";
import { explorationFor } from "./settings.ts";
import type { ShrunkFinding } from "./worker.ts";

export async function explore({ positionals, given }: Arguments): Promise<number> {
  const [path, ...more] = positionals;
  if (path === undefined) throw new UserError("explore needs a driver model: netdev-lab explore MODEL.ts");
  if (more.length > 0) throw new UserError("explore takes one model; `netdev-lab check` takes several");
  if (given.get("strategy")?.at(-1) === "fixed")
    throw new UserError("fixed is one schedule: `netdev-lab run --strategy fixed` plays it");
  const order = orderFor(path, given);
  const what = explorationFor(order, given);
  const { report, findings, pairs } = await performExploration(order, what);
  write(given.get("sarif")?.at(-1), given.has("sarif") ? sarif([report]) : null);
  write(
    given.get("junit")?.at(-1),
    given.has("junit") ? junit([{ report, failures: messages(report) }]) : null,
  );
  if (what.out !== null) writeShard(what.out, report, pairs);
  if (given.has("json")) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else printFindings(report, findings, paintFor(process.stdout));
  return exitCode(report, failOn(given.get("fail-on")?.at(-1)));
}

function printFindings(report: Explored, findings: readonly ShrunkFinding[], paint: Paint): void {
  const lines: string[] = [];
  for (const [i, violation] of report.violations.entries()) {
    lines.push(violationText(violation, paint), `    found in run ${violation.run}; how it comes to it:`);
    lines.push(storyText(findings[i]!.story, shortPath));
    if (violation.schedule !== null)
      lines.push(`    again: netdev-lab replay ${shortPath(violation.schedule)}`);
  }
  const end = report.complete
    ? `complete: ${plural(report.runs, "schedule")}${report.violations.length === 0 ? ", no violation" : ""}`
    : plural(report.runs, "schedule");
  const { pairs, bothOrders } = report.coverage;
  lines.push(summaryText(report, paint));
  const rate = Math.round(report.runs / Math.max(report.wallSeconds, 0.001));
  lines.push(
    `${end} (${report.strategy}, ${rate} a second); ${bothOrders} of ${plural(pairs, "pair")} of conflicting operations seen in both orders`,
  );
  if (report.interrupted)
    lines.push(`interrupted; \`netdev-lab explore ${shortPath(report.model)} --resume\` goes on`);
  process.stdout.write(`${lines.join("\n")}\n`);
}
