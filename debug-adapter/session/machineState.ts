/** The whole machine at a glance: the answer of the custom request `netdev-lab/state`, for views. */
import type { Place } from "../../sim/machine/events.ts";
import type { HeldLock } from "../../sim/rules/state/held-locks.ts";
import type { CpuState, LockState, MachineState, PlaceState } from "../messages/machine.ts";
import { contextNameOf, contextsOf, contextTitle } from "./cpuView.ts";
import { lockName, waitText } from "./lockName.ts";
import type { Run } from "./run.ts";
import { deadlocksOf, waitsOf } from "./waitGraph.ts";

export function machineState(run: Run): MachineState {
  const { machine } = run;
  const waits = waitsOf(run);
  return {
    running: run.running,
    tick: machine.pointCount,
    statements: machine.tickCount,
    timeNs: machine.nowNs,
    event: machine.journal.eventCount,
    executingCpu: machine.cpu.id,
    cpus: machine.cpus.map((cpu) => cpuState(run, cpu.id)),
    tasks: machine.tasks
      .filter((task) => !task.idle && task.state !== "ended")
      .map((task) => {
        const { id, name, cpu, state } = task;
        const locks = run.lab.rules.state.locks.of(task).map((held) => lockState(run, held));
        return { id, name, cpu, state, waitsFor: task.waitsFor === null ? null : waitText(run, task), locks };
      }),
    waits: waits.map(({ state }) => state),
    deadlocks: deadlocksOf(waits),
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
    locks: run.heldLocks(id).map((held) => lockState(run, held)),
    place: entry === undefined ? null : placeState(run.placeAt(entry.frame, entry.frame.pc)),
  };
}

function lockState(run: Run, held: HeldLock): LockState {
  return {
    name: lockName(run, held.lock),
    kind: held.kind,
    variant: held.variant,
    context: contextTitle(held.context),
    takenAt: placeState(held.place),
    heldNs: run.machine.nowNs - held.timeNs,
  };
}

export function placeState(place: Place | null): PlaceState | null {
  return place === null ? null : { file: place.file, line: place.line, column: place.column, fn: place.fn };
}
