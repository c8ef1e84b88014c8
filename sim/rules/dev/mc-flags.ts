import type { Rule } from "../rule.ts";

export const mcFlags: Rule = {
  id: "mc-flags",
  family: "dev",
  title: "Promiscuity written into dev.flags",
  statement: "IFF_PROMISC and IFF_ALLMULTI in dev.flags belong to the core, which counts who wants them.",
  severity: "warning",
  condition: "set_multicast_list assigns dev.flags with one of these bits",
  source: "net/core/dev.c: dev_set_promiscuity()",
  kernelMessage: null,
  wrong: "if (dev.mc_count > LIMIT) dev.flags |= IFF_ALLMULTI;",
  right: "if (dev.mc_count > LIMIT) p.rx_mode |= ACCEPT_ALL_MULTICAST;",
  fix: "Keep the mode in a variable of your own.",
  detectedBy: ["static"],
};
