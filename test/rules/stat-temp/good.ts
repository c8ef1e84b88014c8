/* The sum is built in a variable, and stored when it is complete. */
// @lab workload=stats
// @expect none
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
  let sum = receiving(p);
  for (const n of p.kinds) sum += n;
  p.stats.rx_packets = sum;
  return p.stats;
}

link_module({ priv: sum_priv, callbacks: { get_stats: sum_stats } });
