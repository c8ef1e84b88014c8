/* The sum is built where everybody can see it: wrong. */
// @lab workload=stats
// @expect stat-temp
import { ioread32 } from "asm/io";
import { type net_device, type net_device_stats, netdev_priv } from "linux/netdevice";
import { RX_ACTIVE, STATUS } from "../../../examples/labnic/regs.ts";
import { link_module, link_priv } from "../lib/link-card.ts";

class sum_priv extends link_priv {
  /** Frames of each kind. */
  kinds = [40, 2, 7];
}

/** The frame that the card is receiving counts, too. */
function receiving(p: sum_priv): number {
  return ioread32(p.io + STATUS) & RX_ACTIVE ? 1 : 0;
}

function sum_stats(dev: net_device): net_device_stats {
  const p = netdev_priv<sum_priv>(dev);
  p.stats.rx_packets = receiving(p);
  for (const n of p.kinds) p.stats.rx_packets += n;
  return p.stats;
}

link_module({ priv: sum_priv, callbacks: { get_stats: sum_stats } });
