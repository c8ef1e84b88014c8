/** The simulated kernel's own tables, read without running any of its code. */
import { peek } from "../../sim/machine/freed-memory.ts";
import type { Run } from "./run.ts";

/** A variable at the top of a kernel file, e.g. `kernel/kernel/timer.ts`, `bases`; undefined if the model does not use it. */
function kernelVariable(run: Run, module: string, name: string): unknown {
  for (const { compiled, scope } of run.lab.modules.values()) {
    if (compiled.id !== module) continue;
    const index = scope.info.variables.findIndex((variable) => variable.name === name);
    try {
      return index < 0 ? undefined : scope.access(index, false);
    } catch {
      return undefined; // before boot
    }
  }
  return undefined;
}

const text = (object: object, key: string): string => String(peek(object, key) ?? "");
const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

export interface TimerView {
  readonly timer: object;
  readonly cpu: number;
  readonly expires: number;
  readonly fn: unknown;
}

/** Pending timers by the time at which they fire. */
export function timersOf(run: Run): TimerView[] {
  const bases = kernelVariable(run, "kernel/kernel/timer.ts", "bases");
  if (!Array.isArray(bases)) return [];
  return bases
    .filter(isObject)
    .flatMap((base, cpu) =>
      ((peek(base, "queue") as object[] | undefined) ?? []).map((entry) => {
        const timer = peek(entry, "timer") as object;
        return { timer, cpu, expires: Number(peek(entry, "expires")), fn: peek(timer, "function") };
      }),
    )
    .sort((a, b) => a.expires - b.expires);
}

export interface IrqView {
  readonly irq: number;
  readonly count: number;
  readonly depth: number;
  readonly asserted: boolean;
  readonly handlers: readonly { readonly name: string; readonly handler: unknown }[];
}

/** Interrupt lines that somebody has asked for. */
export function irqsOf(run: Run): IrqView[] {
  const descs = kernelVariable(run, "kernel/kernel/irq/desc.ts", "descs");
  if (!Array.isArray(descs)) return [];
  return descs.filter(isObject).flatMap((desc) => {
    const handlers: { name: string; handler: unknown }[] = [];
    for (let action = peek(desc, "action"); isObject(action); action = peek(action, "next"))
      handlers.push({ name: text(action, "name"), handler: peek(action, "handler") });
    if (handlers.length === 0) return [];
    return [
      {
        irq: Number(peek(desc, "irq")),
        count: Number(peek(desc, "irq_count")),
        depth: Number(peek(desc, "depth")),
        asserted: peek(desc, "asserted") === true,
        handlers,
      },
    ];
  });
}

/** Registered network devices. */
export function devicesOf(run: Run): object[] {
  const devices: object[] = [];
  let device = kernelVariable(run, "kernel/net/core/dev_list.ts", "dev_base");
  while (isObject(device) && devices.length < 1000) {
    devices.push(device);
    device = peek(device, "next");
  }
  return devices;
}

/** The kernel's clock. */
export function jiffiesOf(run: Run): number {
  return Number(run.quietly(() => run.api.get("jiffies")?.jiffies) ?? 0);
}
