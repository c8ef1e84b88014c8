/* All ones are no events. */
// @lab workload=../lib/unplug.ts max-ticks=400000
// @expect none
import { ioread32, iowrite32 } from "asm/io";
import { IRQ_NONE, IRQ_RETVAL } from "linux/interrupt";
import { type net_device, netdev_priv } from "linux/netdevice";
import { ISR, LINK_CHANGE } from "../../../examples/labnic/regs.ts";
import { link_check, link_module, type link_priv } from "../lib/link-card.ts";

const ALL_ONES = ~0 >>> 0;

/** Reads what has happened, and acknowledges it. */
function events_of(io: number): number {
  const events = ioread32(io + ISR);
  if (events === ALL_ONES) return 0;
  if (events) iowrite32(events, io + ISR);
  return events;
}

function cardbus_interrupt(_irq: number, dev: net_device): number {
  const { io } = netdev_priv<link_priv>(dev);
  const events = events_of(io);
  if (!events) return IRQ_NONE;
  if (events & LINK_CHANGE) link_check(dev, io);
  return IRQ_RETVAL(events);
}

link_module({ interrupt: cardbus_interrupt });
