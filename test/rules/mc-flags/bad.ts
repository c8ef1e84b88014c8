/* The driver writes into the flags that the core counts: wrong. */
// @lab workload=multicast
// @expect mc-flags
import { iowrite32 } from "asm/io";
import { IFF_ALLMULTI, IFF_PROMISC } from "linux/if";
import { type net_device, netdev_priv } from "linux/netdevice";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { ALLMULTI, CTRL, PROMISC } from "../../../examples/labnic/regs.ts";
import { link_module, type link_priv } from "../lib/link-card.ts";

/** Groups that the card can tell apart. */
const GROUPS = 0;

function few_groups(dev: net_device): void {
  const { io, lock } = netdev_priv<link_priv>(dev);
  const flags = spin_lock_irqsave(lock);
  if (dev.mc_count > GROUPS) dev.flags |= IFF_ALLMULTI;
  const mode = dev.flags & IFF_PROMISC ? PROMISC : dev.flags & IFF_ALLMULTI ? ALLMULTI : 0;
  iowrite32(mode, io + CTRL);
  spin_unlock_irqrestore(lock, flags);
}

link_module({ callbacks: { set_multicast_list: few_groups } });
