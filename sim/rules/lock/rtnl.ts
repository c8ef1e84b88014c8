/** What the rules about rtnl share. */
import type { Task } from "../../machine/model.ts";
import type { HeldLock, HeldLocks } from "../state/held-locks.ts";

/** The entry of rtnl if the task holds it. */
export function holdsRtnl(locks: HeldLocks, task: Task): HeldLock | undefined {
  return locks.of(task).find((held) => held.kind === "rtnl");
}
