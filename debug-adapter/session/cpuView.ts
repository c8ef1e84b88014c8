/** A virtual CPU in words: thread names, contexts, what it holds and waits for. */
import type { EventStamp } from "../../sim/machine/events.ts";
import type { Context, Cpu, CpuId } from "../../sim/machine/model.ts";
import { contextName } from "../../sim/rules/context-name.ts";
import { waitText } from "./lockName.ts";
import type { Run } from "./run.ts";

/** `process`, `softirq`, `hardirq`, with `+bh` or `+irq` where bottom halves or interrupts are off. */
export function contextNameOf(run: Run, cpu: CpuId): string {
  const task = run.machine.cpus[cpu]!.current;
  const stamp: Pick<EventStamp, "cpu" | "task" | "context"> = { cpu, task, context: task.context };
  return contextName(stamp as EventStamp, run.machine);
}

/** The contexts of a CPU, innermost first. */
export function contextsOf(cpu: Cpu): Context[] {
  const contexts: Context[] = [];
  for (let context: Context | null = cpu.current.context; context !== null; context = context.below)
    contexts.push(context);
  return contexts;
}

/** `softirq NET_RX`, `process ping`, `interrupt 11`. */
export function contextTitle(context: Context): string {
  return context.name.startsWith("interrupt") ? context.name : `${context.kind} ${context.name}`;
}

export function isIdle(cpu: Cpu): boolean {
  return cpu.current.idle && cpu.current.context.below === null && cpu.current.top === null;
}

/** The name of a CPU's thread: clients show nothing else of it. */
export function threadName(run: Run, cpu: Cpu): string {
  const task = cpu.current;
  const parts = [`CPU ${cpu.id}`];
  const off = task.state === "blocked" || task.state === "ended";
  const nothingOnTop = task.context.below === null;
  if (nothingOnTop && (off || task.idle)) parts.push("idle");
  else parts.push(contextTitle(task.context));
  if (task.state === "spinning" && nothingOnTop && task.waitsFor !== null) parts.push(waitText(run, task));
  if (cpu.frozen) parts.push("frozen");
  if (cpu.irqsDisabled) parts.push("irqs off");
  const held = run.heldLocks(cpu.id).length;
  if (held > 0) parts.push(`holds ${held}`);
  return parts.join(" · ");
}

/** Virtual time, readable. */
export function timeText(ns: number): string {
  if (ns < 1e3) return `${ns} ns`;
  if (ns < 1e6) return `${trim(ns / 1e3)} µs`;
  if (ns < 1e9) return `${trim(ns / 1e6)} ms`;
  return `${trim(ns / 1e9)} s`;
}

function trim(value: number): string {
  return value.toFixed(3).replace(/\.?0+$/, "");
}
