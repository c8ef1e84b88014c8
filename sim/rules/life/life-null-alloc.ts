import { at, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const lifeNullAlloc: Rule = {
  id: "life-null-alloc",
  family: "life",
  title: "Allocation not checked",
  statement: "Every allocation may fail: its result is compared with null before use.",
  severity: "error",
  condition: "an oops on null in a call in which an allocation of the model failed",
  source: "Documentation/networking/netdevices.txt, struct net_device allocation rules",
  kernelMessage: "Unable to handle kernel NULL pointer dereference",
  wrong: "const dev = alloc_etherdev(priv)!;\nnetdev_priv<priv>(dev).n = 1;",
  right: "const dev = alloc_etherdev(priv);\nif (!dev) return -ENOMEM;",
  fix: "Check, and return -ENOMEM or drop the packet.",
  detectedBy: ["static", "run"],
  specialises: ["oops"],
  listen: (ctx) => ({
    oops: (event) => {
      const failed = ctx.state.resources.failed.get(event.task.id);
      if (!failed || !/NULL|null|undefined/.test(event.message) || event.n - failed.n > RECENT) return;
      ctx.report({
        message: `null is used after the allocation of ${failed.what} failed at ${at(failed.place)}`,
        related: [related("the allocation failed", failed)],
        about: [],
      });
    },
  }),
};

/** Events between the failure and the oops that still make it the cause. */
const RECENT = 200;
