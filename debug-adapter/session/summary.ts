/** The last line that a run leaves in the console. */
import type { EndReason } from "../../sim/machine/machine.ts";
import { timeText } from "./cpuView.ts";
import type { Run } from "./run.ts";

/** `Run finished: 1 error. workload smoke, 2 CPUs, seed 1; …` */
export function summary(run: Run, reason: EndReason, workload: string): string {
  const { machine, lab } = run;
  const counted = (["error", "warning", "advice"] as const)
    .map((severity) =>
      counting(lab.rules.violations.filter((one) => one.severity === severity).length, severity),
    )
    .filter((text) => text !== "");
  const verdict = counted.length === 0 ? "nothing found" : counted.join(", ");
  const how = reason === "finished" ? "finished" : `ended (${reason})`;
  const title = workload.slice(workload.lastIndexOf("/") + 1);
  const settings = `workload ${title}, ${machine.cpus.length} CPUs, seed ${lab.config.seed}`;
  const length = `${machine.pointCount} ticks, ${timeText(machine.nowNs)} of virtual time`;
  return `Run ${how}: ${verdict}. ${settings}; ${length}; history ${machine.historyHash}.`;
}

function counting(n: number, word: string): string {
  if (n === 0) return "";
  return n === 1 || word === "advice" ? `${n} ${word}` : `${n} ${word}s`;
}
