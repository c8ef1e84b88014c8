import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const mcWalk: Rule = {
  id: "mc-walk",
  family: "dev",
  title: "Multicast list read without its lock",
  statement:
    "dev.mc_list changes under xmit_lock, in softirq, too: read it in set_multicast_list or with xmit_lock held.",
  severity: "error",
  condition: "mc_list is walked where xmit_lock is not held",
  source: "net/core/dev_mcast.c: dev_mc_add()",
  kernelMessage: null,
  wrong: "function my_work(dev: net_device) {\n  for (let m = dev.mc_list; m; m = m.next) add(m);",
  right:
    "spin_lock_bh(dev.xmit_lock);\nfor (let m = dev.mc_list; m; m = m.next) add(m);\nspin_unlock_bh(dev.xmit_lock);",
  fix: "Hold xmit_lock with bottom halves off.",
  detectedBy: ["static", "explore"],
  listen: (ctx) => ({
    "freed-access": (event) => {
      if (event.what !== "dev_mc_list" || !byModel(ctx.machine)) return;
      ctx.report({
        message: `an address of the multicast list is ${event.write ? "written" : "read"} after it has been deleted: xmit_lock was not held`,
        about: [event.object],
        also: ["life-use-after-free"],
        related: [{ message: "it was deleted", place: event.freedAt, cpu: event.cpu, tick: event.point }],
      });
    },
  }),
};
