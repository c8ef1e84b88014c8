import type { Rule } from "../rule.ts";

export const txqLockedNoLltx: Rule = {
  id: "txq-locked-no-lltx",
  family: "txq",
  title: "NETDEV_TX_LOCKED without NETIF_F_LLTX",
  statement:
    "NETDEV_TX_LOCKED is only for drivers with NETIF_F_LLTX: the others are called with xmit_lock held.",
  severity: "error",
  condition: "hard_start_xmit returns -1 and the device lacks NETIF_F_LLTX",
  source:
    "Documentation/networking/netdevices.txt, hard_start_xmit, NETDEV_TX_LOCKED (only valid when NETIF_F_LLTX is set)",
  kernelMessage: null,
  wrong: "if (!spin_trylock(p.lock)) return NETDEV_TX_LOCKED;",
  right: "dev.features |= NETIF_F_LLTX; // in setup\n…\nif (!spin_trylock(p.lock)) return NETDEV_TX_LOCKED;",
  fix: "Set NETIF_F_LLTX, or just take the lock.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "xmit-result": (event) => {
      if (event.result !== -1 || event.lltx) return;
      const entry = ctx.state.callbacks.lastOf(event.context);
      ctx.report({
        message: `hard_start_xmit of ${event.device.name} returns NETDEV_TX_LOCKED without NETIF_F_LLTX: taken for BUSY`,
        place: entry ? ctx.state.callbacks.place(entry) : null,
        about: [event.skb],
      });
    },
  }),
};
