import { lockless, raceFinding, sameOwner } from "../race/finding.ts";
import type { Rule } from "../rule.ts";

export const txqLltxSelfLock: Rule = {
  id: "txq-lltx-self-lock",
  family: "txq",
  title: "Lockless transmit without a lock of its own",
  statement:
    "With NETIF_F_LLTX the core takes no xmit_lock: hard_start_xmit may run on several CPUs at once and locks its rings itself.",
  severity: "error",
  condition: "two calls of hard_start_xmit of a device with NETIF_F_LLTX race for data",
  source: "Documentation/networking/netdevices.txt, hard_start_xmit",
  kernelMessage: null,
  wrong:
    "dev.features |= NETIF_F_LLTX;\n…\nfunction my_xmit(skb: sk_buff, dev: net_device): number {\n  p.ring[p.head++ % N] = skb;",
  right:
    "function my_xmit(skb: sk_buff, dev: net_device): number {\n  if (!spin_trylock(p.tx_lock)) return NETDEV_TX_LOCKED;\n  p.ring[p.head++ % N] = skb;\n  spin_unlock(p.tx_lock);",
  fix: "Take a lock of the driver round the whole transmit path, or do without NETIF_F_LLTX.",
  specialises: ["lock-data-race"],
  detectedBy: ["run", "explore"],
  listen: (ctx) => ({
    "data-race": (event) => {
      if (lockless(event) && sameOwner(event)?.every((slot) => slot === "hard_start_xmit"))
        ctx.report(raceFinding(event));
    },
  }),
};
