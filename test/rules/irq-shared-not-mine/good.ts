/* The handler looks whose interrupt it is. */
// @lab workload=sharedirq
// @expect none
import { ioread32, iowrite32 } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { type net_device, netdev_priv } from "linux/netdevice";
import { GONE, ISR } from "../../../examples/labnic/regs.ts";
import { link_check, link_module, type link_priv } from "../lib/link-card.ts";

function greedy_interrupt(_irq: number, dev: net_device): number {
  const { io } = netdev_priv<link_priv>(dev);
  const events = ioread32(io + ISR);
  if (events === 0 || events === GONE) return IRQ_NONE;
  iowrite32(events, io + ISR);
  link_check(dev, io);
  return IRQ_HANDLED;
}

link_module({ interrupt: greedy_interrupt });
