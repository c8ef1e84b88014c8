import { byModel, related } from "../help.ts";
import { holdsRtnl } from "../lock/rtnl.ts";
import type { Rule } from "../rule.ts";

export const ioctlRtnl: Rule = {
  id: "ioctl-rtnl",
  family: "dev",
  title: "rtnl taken again in do_ioctl",
  statement:
    "do_ioctl and ethtool are called with rtnl held: nothing in them may take it, register or unregister with the _netdev functions.",
  severity: "error",
  condition:
    "rtnl_lock(), register_netdev() or unregister_netdev() is called in do_ioctl or an ethtool callback",
  source: "Documentation/networking/netdevices.txt, dev->do_ioctl; net/core/dev.c: dev_ioctl()",
  kernelMessage: null,
  wrong: "function my_ioctl(dev: net_device, ifr: ifreq, cmd: number) {\n  unregister_netdev(dev);",
  right: "function my_ioctl(dev: net_device, ifr: ifreq, cmd: number) {\n  schedule_work(p.unregister_work);",
  fix: "Leave it to a work.",
  detectedBy: ["static", "run"],
  specialises: ["rtnl-recursion"],
  consequence: "context",
  listen: (ctx) => ({
    "lock-acquire": (event) => {
      if (event.kind !== "rtnl" || event.trylock || !byModel(ctx.machine)) return;
      const held = holdsRtnl(ctx.state.locks, event.task);
      const call = ctx.state.callbacks.inside(event.task, event.context, "do_ioctl");
      if (!held || call === null) return;
      ctx.report({
        message: `${call.name}() (do_ioctl) takes rtnl, which its caller holds`,
        about: [event.lock],
        related: [related("rtnl was taken", held)],
      });
    },
  }),
};
