import { at, byModel, kernelCalls, related } from "../help.ts";
import { holdsRtnl } from "../lock/rtnl.ts";
import type { Rule } from "../rule.ts";

export const lifeRegRtnl: Rule = {
  id: "life-reg-rtnl",
  family: "life",
  title: "Register or unregister with the wrong rtnl state",
  statement:
    "register_netdev() and unregister_netdev() take rtnl themselves; register_netdevice() and unregister_netdevice() want it held.",
  severity: "error",
  condition:
    "(un)register_netdev() by a task that holds rtnl, or (un)register_netdevice() by one that does not",
  source: "net/core/dev.c: register_netdev(), register_netdevice() (ASSERT_RTNL)",
  kernelMessage: "RTNL: assertion failed at net/core/dev.c (%d)",
  wrong:
    "function my_ioctl(dev: net_device, ifr: ifreq, cmd: number) {\n  unregister_netdev(dev); // rtnl is held\n}",
  right: "function my_exit() {\n  unregister_netdev(dev);\n  free_netdev(dev);\n}",
  fix: "Under rtnl use the *_netdevice form; without it, the *_netdev form.",
  detectedBy: ["static", "run"],
  specialises: ["rtnl-recursion", "rtnl-assert"],
  consequence: "context",
  listen: (ctx) => ({
    "lock-acquire": (event) => {
      if (event.kind !== "rtnl" || event.trylock || !byModel(ctx.machine)) return;
      const held = holdsRtnl(ctx.state.locks, event.task);
      const fn = kernelCalls(ctx.machine).find(
        (name) => name === "register_netdev" || name === "unregister_netdev",
      );
      if (!held || !fn) return;
      ctx.report({
        message: `${fn}() takes rtnl, which this task holds since ${at(held.place)}`,
        about: [event.lock],
        related: [related("rtnl was taken", held)],
      });
    },
    "api-misused": (event) => {
      if (event.rule !== "rtnl-assert" || !/register_netdevice$/.test(event.fn) || !byModel(ctx.machine))
        return;
      ctx.report({ message: `${event.fn}() is called without rtnl` });
    },
  }),
};
