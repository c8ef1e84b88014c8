import type { LockLike } from "../../machine/events.ts";
import { byModel, related } from "../help.ts";
import { raceFinding } from "../race/finding.ts";
import type { Rule } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";

export const lockTrylock: Rule = {
  id: "lock-trylock",
  family: "lock",
  title: "Failed trylock ignored",
  statement:
    "spin_trylock() may fail: then the data is another CPU's, and there is nothing to unlock. An LLTX driver returns NETDEV_TX_LOCKED.",
  severity: "error",
  condition:
    "after a trylock has failed, the same call releases the lock without having taken it, or touches data that the holder of the lock changes",
  source: "Documentation/spinlocks.txt; Documentation/networking/netdevices.txt, NETIF_F_LLTX",
  kernelMessage: "BUG: spinlock wrong owner on CPU#%d",
  wrong: "spin_trylock(p.lock);\np.head++;\nspin_unlock(p.lock);",
  right: "if (!spin_trylock(p.lock)) return NETDEV_TX_LOCKED;\np.head++;\nspin_unlock(p.lock);",
  fix: "Test the result, and leave at once if it is 0.",
  detectedBy: ["static", "run", "explore"],
  listen: (ctx) => ({
    "lock-trylock-failed": (event) => {
      if (!byModel(ctx.machine)) return;
      const call = ctx.state.callbacks.current(event.task, event.context);
      const where = { place: ctx.machine.here(), cpu: event.cpu, tick: event.point };
      call?.notes.set(FAILED, { lock: event.lock, where });
    },
    "lock-acquired": (event) => {
      const call = ctx.state.callbacks.current(event.task, event.context);
      if ((call?.notes.get(FAILED) as Failed | undefined)?.lock === event.lock) call?.notes.delete(FAILED);
    },
    "lock-release": (event) => {
      const call = ctx.state.callbacks.current(event.task, event.context);
      const failed = call?.notes.get(FAILED) as Failed | undefined;
      if (failed?.lock !== event.lock || event.heldByMe || !byModel(ctx.machine)) return;
      ctx.report({
        message: `${ctx.state.lockName(event.lock)} is released, although the trylock failed`,
        about: [event.lock],
        related: [related("spin_trylock() failed", failed.where)],
        also: [event.wasHeld ? "lock-owner" : "lock-unlock-unheld"],
      });
    },
    "data-race": (event) => {
      for (const [one, other] of [
        [event.first, event.second],
        [event.second, event.first],
      ] as const) {
        const failed = (one.callback as Callback | null)?.notes.get(FAILED) as Failed | undefined;
        if (failed === undefined || !other.held.includes(ctx.state.lockName(failed.lock))) continue;
        ctx.report({ ...raceFinding(event), also: ["lock-data-race"] });
        return;
      }
    },
  }),
};

interface Failed {
  readonly lock: LockLike;
  readonly where: Parameters<typeof related>[1];
}

const FAILED = "lock-trylock: failed";
