/* The handler is gone before its table. */
// @lab workload=./flap.ts
// @expect none
import { ioread32, iowrite32 } from "asm/io";
import { ENOMEM } from "linux/errno";
import { free_irq, IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { type net_device, netdev_priv, netif_carrier_off, netif_stop_queue } from "linux/netdevice";
import { GFP_KERNEL, kfree, kzalloc } from "linux/slab";
import { GONE, ISR, LINK_CHANGE } from "../../../examples/labnic/regs.ts";
import { link_check, link_down, link_module, link_open, link_priv } from "../lib/link-card.ts";

/** How often each event came. */
class tally {
  events = 0;
  links = 0;
}

class tally_priv extends link_priv {
  counts: tally | null = null;
}

function tally_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<tally_priv>(dev);
  const { counts } = p;
  const events = ioread32(p.io + ISR);
  if (!events || events === GONE || counts === null) return IRQ_NONE;
  iowrite32(events, p.io + ISR);
  link_check(dev, p.io);
  counts.events++;
  if (events & LINK_CHANGE) counts.links++;
  return IRQ_HANDLED;
}

function tally_open(dev: net_device): number {
  const p = netdev_priv<tally_priv>(dev);
  p.counts = kzalloc(tally, GFP_KERNEL);
  if (!p.counts) return -ENOMEM;
  const err = link_open(dev);
  if (err) {
    kfree(p.counts);
    p.counts = null;
  }
  return err;
}

function tally_stop(dev: net_device): number {
  const p = netdev_priv<tally_priv>(dev);
  netif_stop_queue(dev);
  link_down(dev);
  free_irq(p.pdev!.irq, dev);
  kfree(p.counts);
  p.counts = null;
  netif_carrier_off(dev);
  return 0;
}

link_module({
  priv: tally_priv,
  interrupt: tally_interrupt,
  callbacks: { open: tally_open, stop: tally_stop },
});
