import type { Rule } from "../rule.ts";

export const napiPollDisable: Rule = {
  id: "napi-poll-disable",
  family: "napi",
  title: "netif_poll_disable and enable not paired",
  statement: "Each netif_poll_disable() has exactly one netif_poll_enable().",
  severity: "error",
  condition:
    "netif_poll_enable() without netif_poll_disable() while poll is scheduled, or claimed by somebody else",
  source: "include/linux/netdevice.h: netif_poll_disable()",
  kernelMessage: null,
  wrong: "function my_open(dev: net_device) {\n  netif_poll_enable(dev); // never disabled",
  right: "netif_poll_disable(dev);\nreset(dev);\nnetif_poll_enable(dev);",
  fix: "Use them as brackets around a reset.",
  detectedBy: ["static", "run", "explore"],
};
