import { UserError } from "../errors.ts";
import { refuseFrozen } from "../session/cpuControl.ts";
import type { Session } from "../session/session.ts";

/** Throws unless there is such a thread. */
export function requireThread(session: Session, threadId: number): void {
  const { cpus } = session.live.machine;
  if (cpus[threadId - 1] === undefined)
    throw new UserError(`there is no thread ${threadId}: threads are the virtual CPUs 1 to ${cpus.length}`);
}

/** Throws unless there is such a thread, and it may move. */
export function requireMovable(session: Session, threadId: number): void {
  requireThread(session, threadId);
  refuseFrozen(session.live, threadId - 1);
}
