/** The CPUs one by one: held still, run alone, interrupted. All of it is part of the history, so that it comes again. */
import { TaskDeath } from "../../sim/machine/endings.ts";
import type { CpuId } from "../../sim/machine/model.ts";
import { UserError } from "../errors.ts";
import type { Run } from "./run.ts";
import type { Session } from "./session.ts";

/** CPUs that the debugger holds. */
export function frozenCpus(run: Run): CpuId[] {
  return run.machine.cpus.filter(({ frozen }) => frozen).map(({ id }) => id);
}

/** Freezes or thaws CPUs; those that already are as wanted are left alone. Returns the ones that changed. */
export function freeze(session: Session, cpus: readonly CpuId[], frozen: boolean): CpuId[] {
  const { machine } = session.live;
  const changing = cpus.filter((id) => machine.cpus[id]?.frozen === !frozen);
  if (changing.length === 0) return [];
  const what = `${frozen ? "freeze" : "thaw"} ${changing.map((id) => `CPU ${id}`).join(", ")}`;
  session.intervene(what, (run) => {
    for (const id of changing) run.machine.freeze(id, frozen);
  });
  return changing;
}

/** Freezes all but one. Returns the ones that changed. */
export function freezeOthers(session: Session, cpu: CpuId): CpuId[] {
  const others = session.live.machine.cpus.map(({ id }) => id).filter((id) => id !== cpu);
  return freeze(session, others, true);
}

/** A frozen CPU cannot be stepped. */
export function refuseFrozen(run: Run, cpu: CpuId): void {
  if (run.machine.cpus[cpu]?.frozen === true)
    throw new UserError(`CPU ${cpu} is frozen: thaw it first (netdev-lab/freeze with frozen: false)`);
}

/** The CPU runs, the others stand, until it holds fewer locks than now. */
export function runUntilRelease(session: Session, cpu: CpuId): void {
  const run = session.live;
  refuseFrozen(run, cpu);
  const held = run.heldLocks(cpu).length;
  if (held === 0) throw new UserError(`CPU ${cpu} holds no lock`);
  const off = run.machine.on("lock-release", (event) => {
    if (session.run !== run || !run.running) return;
    if (event.cpu !== cpu || run.heldLocks(cpu).length >= held) return;
    off();
    run.machine.debugger.stopSoon("step", undefined, cpu);
  });
  session.resume(undefined, { only: cpu, atStop: off });
}

/** A pending interrupt is taken now, and the run stops at its first statement. */
export function deliverInterrupt(session: Session, cpu: CpuId, wanted: number | undefined): void {
  const run = session.live;
  refuseFrozen(run, cpu);
  const it = run.machine.cpus[cpu]!;
  const vector = wanted ?? it.pendingVectors[0];
  if (vector === undefined || !it.pendingVectors.includes(vector)) {
    const pending =
      it.pendingVectors.length === 0 ? "none is pending" : `pending are ${it.pendingVectors.join(", ")}`;
    throw new UserError(
      `no interrupt ${vector ?? ""} can be delivered to CPU ${cpu}: ${pending}`.replace("  ", " "),
    );
  }
  if (it.irqsDisabled && it.current.state !== "blocked" && it.current.state !== "ended")
    throw new UserError(`CPU ${cpu} has its interrupts off: interrupt ${vector} waits until it enables them`);
  session.intervene(`deliver interrupt ${vector} to CPU ${cpu}`, (one) =>
    one.machine.force({ kind: "vector", cpu, id: vector }),
  );
  session.resume(undefined, { stopOn: cpu });
}

/** Every process of user space ends at its next system call, as if it were killed; what the first process does then is the teardown. */
export function leaveUserSpace({ machine }: Run): void {
  machine.on("workload-step", ({ task }) => {
    if (task !== machine.mainTask) throw new TaskDeath("the user ends the run");
  });
}
