/* The handler acknowledges and says "mine" without a look at the status: wrong. */
// @lab workload=sharedirq
// @expect irq-shared-not-mine
import { iowrite32 } from "asm/io";
import { IRQ_HANDLED } from "linux/interrupt";
import { type net_device, netdev_priv } from "linux/netdevice";
import { ALL_EVENTS, ISR } from "../../../examples/labnic/regs.ts";
import { link_check, link_module, type link_priv } from "../lib/link-card.ts";

function greedy_interrupt(_irq: number, dev: net_device): number {
  const { io } = netdev_priv<link_priv>(dev);
  iowrite32(ALL_EVENTS, io + ISR);
  link_check(dev, io);
  return IRQ_HANDLED;
}

link_module({ interrupt: greedy_interrupt });
