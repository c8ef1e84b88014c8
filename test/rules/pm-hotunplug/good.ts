/* The wait has an end, and all ones end it at once. */
// @lab workload=../lib/unplug.ts max-ticks=400000
// @expect none
import { ioread32, iowrite32 } from "asm/io";
import { udelay } from "linux/delay";
import { free_irq } from "linux/interrupt";
import { type net_device, netdev_priv, netif_carrier_off, netif_stop_queue } from "linux/netdevice";
import { CTRL, GONE, IMR, RX_ACTIVE, STATUS, TX_ACTIVE } from "../../../examples/labnic/regs.ts";
import { link_module, type link_priv } from "../lib/link-card.ts";

/** Switches everything off and waits until the engines rest. */
function shut_down(io: number): void {
  iowrite32(0, io + IMR);
  iowrite32(0, io + CTRL);
  for (let left = 500; left > 0; left--) {
    const status = ioread32(io + STATUS);
    if (status === GONE || (status & (TX_ACTIVE | RX_ACTIVE)) === 0) return;
    udelay(1);
  }
}

function slot_stop(dev: net_device): number {
  const p = netdev_priv<link_priv>(dev);
  netif_stop_queue(dev);
  shut_down(p.io);
  free_irq(p.pdev!.irq, dev);
  netif_carrier_off(dev);
  return 0;
}

link_module({ callbacks: { stop: slot_stop } });
