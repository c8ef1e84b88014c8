/** What may happen next. */
import type { Cpu, Task } from "./model.ts";
import type { Transition } from "./schedule.ts";

/** The task does not use its CPU. */
export function isOff(task: Task): boolean {
  return task.state === "blocked" || task.state === "ended";
}

export function canRun(task: Task): boolean {
  return task.state === "runnable" || (task.state === "spinning" && task.ready!());
}

export function toTask(cpu: Cpu, task: Task): Transition {
  return { kind: "task", cpu: cpu.id, id: task.id, nice: task.nice };
}

export function possibleTransitions(cpus: readonly Cpu[]): Transition[] {
  const list: Transition[] = [];
  for (const cpu of cpus) if (!cpu.frozen) addTransitions(cpu, list);
  return list;
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
