/** What may happen next. */
import type { HardwareSteps } from "./hardware-steps.ts";
import type { Cpu, Task } from "./model.ts";
import type { CpuTransition, Transition } from "./schedule.ts";

/** The task does not use its CPU. */
export function isOff(task: Task): boolean {
  return task.state === "blocked" || task.state === "ended";
}

export function canRun(task: Task): boolean {
  return task.state === "runnable" || (task.state === "spinning" && task.ready!());
}

export function toTask(cpu: Cpu, task: Task): CpuTransition {
  return { kind: "task", cpu: cpu.id, id: task.id, nice: task.nice };
}

export function possibleTransitions(cpus: readonly Cpu[], hardware: HardwareSteps): Transition[] {
  const list: Transition[] = [];
  for (const cpu of cpus) if (!cpu.frozen) addTransitions(cpu, list);
  hardware.addTransitions(list);
  return list;
}

/** Something could happen on this CPU if the debugger did not hold it. */
export function couldRun(cpu: Cpu): boolean {
  const list: Transition[] = [];
  addTransitions(cpu, list);
  return list.length > 0;
}

function addTransitions(cpu: Cpu, list: Transition[]): void {
  const current = cpu.current;
  const off = isOff(current);
  if (canRun(current)) list.push({ kind: "run", cpu: cpu.id, id: 0 });
  if (off || !cpu.irqsDisabled) {
    for (const vector of cpu.pendingVectors) list.push({ kind: "vector", cpu: cpu.id, id: vector });
  }
  if (!off && !isPreemptible(cpu)) return;
  let any = false;
  for (const task of cpu.tasks) {
    if (task === current || !canRun(task)) continue;
    any = true;
    list.push(toTask(cpu, task));
  }
  if (off && !any && cpu.idleHookDue && !current.idle) {
    list.push({ kind: "task", cpu: cpu.id, id: cpu.idleTask.id, nice: 0 });
  }
}

function isPreemptible({ current, irqsDisabled }: Cpu): boolean {
  return current.preemptCount === 0 && !irqsDisabled && current.context.kind === "process";
}
