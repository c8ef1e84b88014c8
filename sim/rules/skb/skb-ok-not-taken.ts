import type { Rule } from "../rule.ts";

export const skbOkNotTaken: Rule = {
  id: "skb-ok-not-taken",
  family: "skb",
  title: "OK returned for a packet that nobody took",
  statement: "NETDEV_TX_OK means that the driver has the packet: it keeps it until it is sent, or frees it.",
  severity: "warning",
  condition:
    "hard_start_xmit returns NETDEV_TX_OK, keeps no reference and does not free the packet; a run shows it as skb-leak-tx",
  source: "Documentation/networking/netdevices.txt, hard_start_xmit, return codes",
  kernelMessage: null,
  wrong: "if (!p.link) return NETDEV_TX_OK;",
  right: "if (!p.link) {\n  dev_kfree_skb(skb);\n  return NETDEV_TX_OK;\n}",
  fix: "Free what is dropped.",
  detectedBy: ["static", "run"],
};
