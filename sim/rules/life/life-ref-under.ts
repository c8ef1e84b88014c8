import { calledByModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const lifeRefUnder: Rule = {
  id: "life-ref-under",
  family: "life",
  title: "dev_put without dev_hold",
  statement: "Only who took a reference gives it back.",
  severity: "error",
  condition: "the model's dev_put() takes the count below the references that the core holds",
  source: "include/linux/netdevice.h: dev_put()",
  kernelMessage: "kernel BUG at net/core/dev.c (BUG_ON(atomic_read(&dev->refcnt)))",
  wrong: "dev_put(dev); // no dev_hold",
  right: "dev_hold(dev);\n…\ndev_put(dev);",
  fix: "Pair them.",
  detectedBy: ["run"],
  listen: (ctx) => {
    const own = new Map<object, number>();
    const count = (device: object, n: number): number => {
      const sum = (own.get(device) ?? 0) + n;
      own.set(device, sum);
      return sum;
    };
    return {
      "netdev-hold": (event) => {
        if (TAKES.test(calledByModel(ctx.machine) ?? "")) count(event.device, 1);
      },
      "netdev-put": (event) => {
        if (!/^_*dev_put$/.test(calledByModel(ctx.machine) ?? "")) return;
        if (count(event.device, -1) >= 0) return;
        ctx.report({
          message: `dev_put(${event.device.name}) without a reference of the driver's own`,
          about: [event.device],
        });
      },
    };
  },
};

/** Functions that give the caller a reference. */
const TAKES = /^(dev_hold|dev_get_by_name|dev_get_by_index|dev_getbyhwaddr)$/;
