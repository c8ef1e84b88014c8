import { at, byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import { holdsRtnl } from "./rtnl.ts";

export const rtnlRecursion: Rule = {
  id: "rtnl-recursion",
  family: "lock",
  title: "rtnl taken twice",
  statement:
    "rtnl is not recursive. open, stop, do_ioctl, ethtool operations, set_mac_address and change_mtu are called with rtnl held.",
  severity: "error",
  condition: "rtnl_lock() by a task that holds rtnl",
  source:
    "Documentation/networking/netdevices.txt (dev->open, dev->stop, dev->do_ioctl); net/core/rtnetlink.c: rtnl_lock()",
  kernelMessage: null,
  wrong: "function my_open(dev: net_device) {\n  rtnl_lock();\n  …\n  rtnl_unlock();\n}",
  right: "function my_open(dev: net_device) {\n  ASSERT_RTNL(); // the caller holds it\n  …\n}",
  fix: "Do not take it: the caller holds it. Shared helpers come in two forms, with and without the lock.",
  detectedBy: ["static", "run"],
  specialises: ["lock-recursion"],
  consequence: "context",
  listen: (ctx) => ({
    "lock-acquire": (event) => {
      if (event.kind !== "rtnl" || event.trylock || !byModel(ctx.machine)) return;
      const held = holdsRtnl(ctx.state.locks, event.task);
      if (!held) return;
      ctx.report({
        message: `rtnl is taken again; this task holds it since ${at(held.place)}`,
        about: [event.lock],
        related: [related("rtnl was taken", held)],
      });
    },
  }),
};
