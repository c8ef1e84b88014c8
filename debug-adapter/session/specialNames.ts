/** Names that conditions, log points and watches may use beside the program's own: where and when the machine stands. */
import type { Environment } from "../expressions/environment.ts";
import { contextNameOf } from "./cpuView.ts";
import { lockName } from "./lockName.ts";
import type { Run } from "./run.ts";

export const SPECIAL_NAMES = ["cpu", "context", "held", "tick", "now_ns", "jiffies", "task"] as const;

type Special = (environment: Environment) => unknown;

export function specialNames(run: Run): Readonly<Record<string, Special>> {
  return {
    /** Number of the virtual CPU, from 0. */
    cpu: ({ cpu }) => cpu,
    /** `process`, `softirq`, `hardirq`, with `+bh` or `+irq`. */
    context: ({ cpu }) => contextNameOf(run, cpu),
    /** Names of the locks that this CPU holds. */
    held: ({ cpu }) => run.heldLocks(cpu).map((held) => lockName(run, held.lock)),
    /** Number of the scheduling point. */
    tick: () => run.machine.pointCount,
    /** Virtual time since boot. */
    now_ns: () => run.machine.nowNs,
    /** The kernel's clock. */
    jiffies: () => run.quietly(() => run.api.get("jiffies")?.jiffies),
    /** Name of the task. */
    task: ({ cpu }) => run.machine.cpus[cpu]?.current.name,
  };
}
