import { at, byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const lifeUseAfterFree: Rule = {
  id: "life-use-after-free",
  family: "life",
  title: "Use after free",
  statement:
    "Nobody uses a net_device, its private area or other memory after it was freed: no timer, work, interrupt, tasklet or open file.",
  severity: "error",
  condition:
    "a freed object other than a socket buffer is read or written, or netdev_priv() is called for a freed device, while the model is on the stack",
  source: "Documentation/networking/netdevices.txt, struct net_device allocation rules",
  kernelMessage: "slab corruption; KASAN (modern): use-after-free",
  wrong: "free_netdev(dev);\niounmap(p.regs); // p lies in dev",
  right: "const regs = p.regs;\nfree_netdev(dev);\niounmap(regs);",
  fix: "Stop everything that uses the memory, then free it last.",
  consequence: "object",
  detectedBy: ["static", "run", "explore"],
  listen: (ctx) => ({
    "freed-access": (event) => {
      if (ctx.state.skbs.of(event.object) !== null || !byModel(ctx.machine)) return;
      ctx.report({
        message: `${event.what}.${event.key} is ${event.write ? "written" : "read"} after it was freed at ${at(event.freedAt)}`,
        about: [event.object],
        related: [{ message: "it was freed", place: event.freedAt, cpu: event.cpu, tick: event.point }],
        kernel: [`BUG: use after free: ${event.write ? "write to" : "read of"} ${event.what}.${event.key}`],
      });
    },
  }),
};
