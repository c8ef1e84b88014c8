/** The whole machine at a glance: the answer of the custom request `netdev-lab/state`, for views. */
import type { Place } from "../../sim/machine/events.ts";
import { contextNameOf, contextsOf, contextTitle } from "./cpuView.ts";
import { lockName, waitText } from "./lockName.ts";
import type { Run } from "./run.ts";

export interface PlaceState {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly fn: string;
}

export interface LockState {
  readonly name: string;
  readonly kind: string;
  readonly variant: string;
  readonly context: string;
  readonly takenAt: PlaceState | null;
}

export interface CpuState {
  /** Number of the CPU, from 0. */
  readonly id: number;
  readonly thread: number;
  readonly task: string;
  readonly taskState: string;
  readonly waitsFor: string | null;
  /** `process`, `softirq`, `hardirq`, with `+bh` or `+irq`. */
  readonly context: string;
  /** Contexts on top of each other, innermost first. */
  readonly contexts: readonly { kind: string; name: string; title: string }[];
  readonly irqsDisabled: boolean;
  readonly frozen: boolean;
  readonly preemptCount: number;
  readonly pendingInterrupts: readonly number[];
  readonly locks: readonly LockState[];
  /** Innermost place in the model, or the innermost place at all; null if the CPU is idle. */
  readonly place: PlaceState | null;
}

export interface TaskState {
  readonly id: number;
  readonly name: string;
  readonly cpu: number;
  readonly state: string;
  readonly waitsFor: string | null;
}

export interface MachineState {
  readonly running: boolean;
  readonly tick: number;
  readonly statements: number;
  readonly timeNs: number;
  readonly executingCpu: number;
  readonly cpus: readonly CpuState[];
  readonly tasks: readonly TaskState[];
  readonly violations: number;
  readonly historyHash: string;
}

export function machineState(run: Run): MachineState {
  const { machine } = run;
  return {
    running: run.running,
    tick: machine.pointCount,
    statements: machine.tickCount,
    timeNs: machine.nowNs,
    executingCpu: machine.cpu.id,
    cpus: machine.cpus.map((cpu) => cpuState(run, cpu.id)),
    tasks: machine.tasks
      .filter((task) => !task.idle && task.state !== "ended")
      .map((task) => {
        const { id, name, cpu, state } = task;
        return { id, name, cpu, state, waitsFor: task.waitsFor === null ? null : waitText(run, task) };
      }),
    violations: run.lab.rules.violations.length,
    historyHash: machine.historyHash,
  };
}

function cpuState(run: Run, id: number): CpuState {
  const cpu = run.machine.cpus[id]!;
  const task = cpu.current;
  const entries = run.frames(id);
  const inModel = entries.find(({ frame }) => run.machine.places.modelModules.has(frame.fn.module));
  const entry = inModel ?? entries[0];
  return {
    id,
    thread: id + 1,
    task: task.name,
    taskState: task.state,
    waitsFor: task.waitsFor === null ? null : waitText(run, task),
    context: contextNameOf(run, id),
    contexts: contextsOf(cpu).map((context) => ({
      kind: context.kind,
      name: context.name,
      title: contextTitle(context),
    })),
    irqsDisabled: cpu.irqsDisabled,
    frozen: cpu.frozen,
    preemptCount: task.preemptCount,
    pendingInterrupts: [...cpu.pendingVectors],
    locks: run.heldLocks(id).map((held) => ({
      name: lockName(run, held.lock),
      kind: held.kind,
      variant: held.variant,
      context: contextTitle(held.context),
      takenAt: placeState(held.place),
    })),
    place: entry === undefined ? null : placeState(run.placeAt(entry.frame, entry.frame.pc)),
  };
}

export function placeState(place: Place | null): PlaceState | null {
  return place === null ? null : { file: place.file, line: place.line, column: place.column, fn: place.fn };
}
