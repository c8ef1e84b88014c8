import type { Rule } from "../rule.ts";

export const lifePrivEarlyFree: Rule = {
  id: "life-priv-early-free",
  family: "life",
  title: "Private memory freed while registered",
  statement:
    "What callbacks use lives until the device is unregistered: get_stats or ioctl may come at any moment before.",
  severity: "error",
  condition:
    "memory or a mapping that callbacks reach is released in remove or exit before unregister_netdev()",
  source: "net/core/dev.c: unregister_netdevice() ends the last callback",
  kernelMessage: null,
  wrong: "kfree(p.ring);\nunregister_netdev(dev);",
  right: "unregister_netdev(dev);\nkfree(p.ring);",
  fix: "Unregister first, free afterwards.",
  detectedBy: ["static", "explore"],
};
