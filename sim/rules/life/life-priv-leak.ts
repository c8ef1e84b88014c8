import { at, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const lifePrivLeak: Rule = {
  id: "life-priv-leak",
  family: "life",
  title: "Memory never freed",
  statement:
    "What the driver allocated separately is freed by its module_exit at the latest: the core frees only the private area of alloc_netdev().",
  severity: "warning",
  condition: "memory that the model allocated is not freed when the module is gone",
  source:
    "Documentation/networking/netdevices.txt, struct net_device allocation rules (it is up to the module exit handler to free that)",
  kernelMessage: "kmemleak (modern)",
  wrong: "function my_exit() {\n  unregister_netdev(dev);\n  free_netdev(dev); // p.ring stays\n}",
  right: "function my_exit() {\n  unregister_netdev(dev);\n  kfree(p.ring);\n  free_netdev(dev);\n}",
  fix: "Free it in stop or module_exit.",
  detectedBy: ["run"],
  listen: (ctx) => ({
    "module-unloaded": (event) => {
      if (event.result !== 0) return;
      for (const owned of ctx.state.resources.memory.values()) {
        ctx.report({
          message: `${owned.what} allocated at ${at(owned.place)} is never freed`,
          place: owned.place,
          about: [owned.object],
          related: [related("it was allocated", owned)],
          stack: [],
        });
      }
      ctx.state.resources.memory.clear();
    },
  }),
};
