/** Who waits for whom, and whether that leads back to where it began. */
import type { LockLike } from "../../sim/machine/events.ts";
import type { Task } from "../../sim/machine/model.ts";
import type { WaitState } from "../messages/machine.ts";
import { lockName } from "./lockName.ts";
import { placeState } from "./machineState.ts";
import type { Run } from "./run.ts";

export interface Wait {
  readonly task: Task;
  readonly holder: Task;
  readonly state: WaitState;
}

/** Every wait whose holder is known: for a lock, and of a task that holds one for the CPU that another one spins on. */
export function waitsOf(run: Run): Wait[] {
  const held = run.lab.rules.state.locks.all();
  const waits: Wait[] = [];
  for (const task of run.machine.tasks) {
    if (task.state === "ended") continue;
    const forLock = held.filter(({ lock }) => task.waitsOn !== null && lock === (task.waitsOn as LockLike));
    for (const { task: holder, place, lock } of forLock)
      waits.push({ task, holder, state: stateOf(run, task, lockName(run, lock), holder, placeState(place)) });
    const { current } = run.machine.cpus[task.cpu]!;
    const kept = current !== task && current.state === "spinning" && task.state === "runnable";
    if (kept && held.some((lock) => lock.task === task))
      waits.push({ task, holder: current, state: stateOf(run, task, `CPU ${task.cpu}`, current, null) });
  }
  return waits;
}

/** Circles of waits, each once, beginning with the task of the lowest number. */
export function deadlocksOf(waits: readonly Wait[]): WaitState[][] {
  const circles: WaitState[][] = [];
  for (const first of waits) {
    const path = circleFrom(first, waits);
    const lowest = path?.every(({ task }) => task.id >= first.task.id) === true;
    if (path !== null && lowest) circles.push(path.map(({ state }) => state));
  }
  return circles;
}

function circleFrom(first: Wait, waits: readonly Wait[]): Wait[] | null {
  const seen = new Set<Task>();
  const follow = (wait: Wait): Wait[] | null => {
    if (wait.holder === first.task) return [wait];
    if (seen.has(wait.holder)) return null;
    seen.add(wait.holder);
    for (const next of waits) {
      const rest = next.task === wait.holder ? follow(next) : null;
      if (rest !== null) return [wait, ...rest];
    }
    return null;
  };
  return follow(first);
}

function stateOf(run: Run, task: Task, on: string, holder: Task, takenAt: WaitState["takenAt"]): WaitState {
  const frames = run.machine.cpus[task.cpu]?.current === task ? run.frames(task.cpu) : [];
  const frame = frames.find(({ frame: { fn } }) => run.machine.places.modelModules.has(fn.module))?.frame;
  return {
    task: task.name,
    cpu: task.cpu,
    on,
    sinceNs: task.waitsSinceNs,
    place: frame === undefined ? null : placeState(run.placeAt(frame, frame.pc)),
    holder: holder.name,
    holderCpu: holder.cpu,
    takenAt,
  };
}
