import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const lifeDoubleFree: Rule = {
  id: "life-double-free",
  family: "life",
  title: "Device freed twice",
  statement: "free_netdev() is called once for each device.",
  severity: "error",
  condition: "free_netdev() for a device that was freed, or kfree() of memory that was freed",
  source: "net/core/dev.c: free_netdev(); mm/slab.c",
  kernelMessage: "slab error: double free, or kernel BUG at net/core/dev.c",
  wrong: "free_netdev(dev);\n…\nfree_netdev(dev);",
  right: "free_netdev(dev);\ndev = null;",
  fix: "Free in one place.",
  consequence: "object",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "netdev-misused": (event) => {
      if (event.fn !== "free_netdev" || event.state < 5 || !byModel(ctx.machine)) return;
      ctx.report({
        message: "free_netdev() is called for a device that was freed already",
        about: [event.device],
      });
    },
    "memory-freed": (event) => {
      if (event.wrong !== "double" || !byModel(ctx.machine)) return;
      ctx.report({ message: `${event.how}() frees ${event.what} a second time`, about: [event.object] });
    },
  }),
};
