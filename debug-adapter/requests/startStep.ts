import type { StepMode } from "../../sim/machine/debugger.ts";
import type { Session } from "../session/session.ts";

interface StepArguments {
  readonly threadId: number;
  readonly singleThread?: boolean;
  readonly granularity?: string;
  /** Of `stepInTargets`. */
  readonly targetId?: number;
}

/** Starts a step of one CPU; the granularity `instruction` means one statement. */
export function startStep(session: Session, args: StepArguments, mode: StepMode): void {
  const cpu = args.threadId - 1;
  const only = args.singleThread === true ? cpu : undefined;
  const step = {
    cpu,
    mode: args.granularity === "instruction" ? "statement" : mode,
    call: args.targetId,
  } as const;
  session.resume(step, { only });
}
