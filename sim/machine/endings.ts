/** How a run and a task end through all their frames. */
import { MachineUnwind } from "../instrument/unwind.ts";

export type EndReason = "finished" | "oops" | "deadlock" | "hang" | "run-limit" | "halted" | "diverged";

/** Ends the run. */
export class Halt extends MachineUnwind {
  readonly reason: EndReason;
  constructor(reason: EndReason) {
    super(`the run ended: ${reason}`);
    this.reason = reason;
  }
}

/** Ends one task. */
export class TaskDeath extends MachineUnwind {}
