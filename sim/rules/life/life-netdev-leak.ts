import { at, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { NetDevice } from "../txq/device.ts";

export const lifeNetdevLeak: Rule = {
  id: "life-netdev-leak",
  family: "life",
  title: "Device never freed",
  statement: "Each alloc_netdev() has its free_netdev() on every path.",
  severity: "warning",
  condition:
    "a net_device that the model allocated is not freed when the module is gone, or its module_init failed",
  source: "Documentation/networking/netdevices.txt, struct net_device allocation rules",
  kernelMessage: null,
  wrong: "if (register_netdev(dev)) return -EIO;",
  right: "const err = register_netdev(dev);\nif (err) {\n  free_netdev(dev);\n  return err;\n}",
  fix: "Free on the error paths of module_init too.",
  consequence: "object",
  detectedBy: ["static", "run"],
  listen: (ctx) => {
    const leaks = (): void => {
      for (const owned of ctx.state.resources.devices.values()) {
        const { reg_state } = owned.device as NetDevice;
        if (!owned.place?.model || reg_state === NETREG_RELEASED) continue;
        ctx.report({
          message: `the net_device ${owned.device.name} allocated at ${at(owned.place)} is never freed`,
          place: owned.place,
          about: [owned.device],
          related: [related("it was allocated", owned)],
          stack: [],
        });
      }
      ctx.state.resources.devices.clear();
    };
    return {
      "module-unloaded": (event) => {
        if (event.result === 0) leaks();
      },
      "module-loaded": (event) => {
        if (event.result !== 0) leaks();
      },
    };
  },
};

/** free_netdev was called; an open file in sysfs still needs the memory. */
const NETREG_RELEASED = 5;
