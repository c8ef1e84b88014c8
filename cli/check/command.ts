/** `netdev-lab check PATH…`: every model found, under its own header, judged by its `@expect`. */
import type { Arguments } from "../arguments.ts";
import { junit } from "../junit.ts";
import { modelsIn } from "../models.ts";
import type { Given } from "../options.ts";
import { failOn, write } from "../run.ts";
import { sarif } from "../sarif.ts";
import { type Paint, paintFor, plural, shortPath, violationText } from "../text.ts";
import { EXIT, UserError } from "../user-error.ts";
import { type Judged, judge } from "./judge.ts";
import { foundBy, type Stage, stagesOf, together } from "./stages.ts";
import { rowsOf, tableText } from "./table.ts";

export interface Checked extends Judged {
  readonly stages: readonly Stage[];
}

/** A model that cannot be judged: it does not compile, its header is wrong … */
interface Rejected {
  readonly model: string;
  readonly problem: string;
}

export async function check({ positionals, given }: Arguments): Promise<number> {
  if (positionals.length === 0) throw new UserError("check needs a file or folder: netdev-lab check PATH…");
  const models = positionals.flatMap(modelsIn);
  if (models.length === 0)
    throw new UserError(
      `there is no driver model (a .ts file that calls module_init) in ${positionals.join(", ")}`,
    );
  const results: Checked[] = [];
  const rejected: Rejected[] = [];
  const interruption = untilInterrupted();
  for (const model of models) {
    if (interruption.came()) break;
    try {
      results.push(await checkOne(model, given));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      rejected.push({ model, problem: error.message });
    }
  }
  interruption.end();
  output(results, rejected, given);
  const left = models.length - results.length - rejected.length;
  if (left > 0) throw new UserError(`interrupted: ${plural(left, "model")} of ${models.length} not judged`);
  if (rejected.length > 0) throw new UserError(rejected.map((r) => r.problem).join("\n"));
  return results.some((r) => r.failures.length > 0) ? EXIT.violations : EXIT.clean;
}

/** The first signal ends the work after the model at hand, the second one ends the program. */
function untilInterrupted(): { came(): boolean; end(): void } {
  const signals = ["SIGINT", "SIGTERM"] as const;
  let came = false;
  const note = (): void => {
    came = true;
  };
  for (const signal of signals) process.once(signal, note);
  return {
    came: () => came,
    end: () => {
      for (const signal of signals) process.off(signal, note);
    },
  };
}

async function checkOne(model: string, given: Given): Promise<Checked> {
  const { order, stages } = await stagesOf(model, given);
  const level = failOn(given.get("fail-on")?.at(-1));
  return { ...judge(together(stages), order.header.expect, level), stages };
}

function output(results: readonly Checked[], rejected: readonly Rejected[], given: Given): void {
  write(
    given.get("sarif")?.at(-1),
    given.has("sarif")
      ? sarif(
          results.map((r) => r.report),
          rejected,
        )
      : null,
  );
  write(given.get("junit")?.at(-1), given.has("junit") ? junit(results, rejected) : null);
  if (given.has("json")) process.stdout.write(`${JSON.stringify(json(results, rejected), null, 2)}\n`);
  else print(results, rejected, paintFor(process.stdout));
}

function json(results: readonly Checked[], rejected: readonly Rejected[]): object {
  const models = results.map(({ report, expect, failures, stages }) => ({
    ...report,
    expect,
    failures,
    stages: stages.map(({ name, report: { runs, wallSeconds } }) => ({ name, runs, wallSeconds })),
    foundBy: Object.fromEntries((expect?.rules ?? []).map((id) => [id, foundBy(id, stages)?.name ?? null])),
    ok: failures.length === 0,
  }));
  return { models, rejected };
}

function print(results: readonly Checked[], rejected: readonly Rejected[], paint: Paint): void {
  const lines = tableText(results.flatMap(rowsOf));
  for (const [i, { ok, text }] of lines.entries()) {
    const verdict = i === 0 ? "    " : ok ? paint("green", "ok  ") : paint("red", "FAIL");
    console.log(`${verdict} ${i === 0 ? paint("bold", text) : text}`);
  }
  for (const { model } of rejected)
    console.log(`${paint("red", "????")} ${shortPath(model)} cannot be judged`);
  for (const { failures, unexpected, report, expect } of results) {
    if (failures.length === 0) continue;
    const shown = expect === null ? report.violations.filter((v) => v.severity !== "advice") : unexpected;
    for (const v of shown) console.log(violationText(v, paint));
    for (const failure of failures) if (failure.includes(": expected ")) console.log(failure);
  }
  const bad = results.filter((r) => r.failures.length > 0).length + rejected.length;
  console.log(`${plural(results.length + rejected.length, "model")}, ${bad} not as expected`);
}
