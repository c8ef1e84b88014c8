/** A fresh boot of the session's program; it has a voice only while it is the session's run. */
import type { LockLike } from "../../sim/machine/events.ts";
import { Replay } from "../../sim/machine/schedule.ts";
import { record } from "../recording/recorder.ts";
import type { Timeline } from "../time/timeline.ts";
import type { Prepared } from "./preparation.ts";
import { Run } from "./run.ts";
import type { Session } from "./session.ts";
import { tellClient } from "./violations.ts";

/** A CPU waits for what a frozen one holds. */
export class Blocked {
  readonly cpu: number;
  readonly lock: LockLike;

  constructor(cpu: number, lock: LockLike) {
    this.cpu = cpu;
    this.lock = lock;
  }
}

/** `timeline` gets to know what happens in it. */
export function bootRun(
  session: Session,
  { program, settings }: Prepared,
  noDebug: boolean,
  timeline: Timeline,
): Run {
  const isCurrent = (): boolean => session.run === run;
  const listener: ConstructorParameters<typeof Run>[3] = {
    stopped: (stop) => isCurrent() && session.stands(stop),
    ended: (reason) => isCurrent() && session.runEnded(reason),
    crashed: (error) => isCurrent() && session.crashed(error),
    passed: () => timeline.sample(run),
  };
  const strategy = settings.decisions === undefined ? undefined : new Replay(settings.decisions);
  const run = new Run(program, settings.config, noDebug, listener, strategy);
  run.machine.on("lock-contended", ({ lock, cpu }) => {
    const holder = run.lab.rules.state.locks.holder(lock);
    if (!isCurrent() || !run.running || run.machine.cpus[holder?.cpu ?? -1]?.frozen !== true) return;
    run.machine.debugger.stopSoon("stalled", new Blocked(cpu, lock));
  });
  run.machine.on("module-loaded", () => timeline.begins(run));
  if (!noDebug) record(run, () => timeline.recordOf(run));
  tellClient(
    session,
    run,
    (n) => isCurrent() && run.running && timeline.tells(n),
    (violation) => session.violated(run, violation),
  );
  return run;
}
