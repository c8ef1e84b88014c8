/* A read pushes the acknowledgement before the handler returns. */
// @lab workload=smoke advice
// @expect none
import { ioread32 } from "asm/io";
import { IRQ_HANDLED } from "linux/interrupt";
import { type net_device, netdev_priv } from "linux/netdevice";
import { card_driver, type card_priv, ISR, interrupt } from "../lib/card.ts";

function interrupt_pushed(irq: number, dev_id: unknown): number {
  const handled = interrupt(irq, dev_id);
  if (handled === IRQ_HANDLED) ioread32(netdev_priv<card_priv>(dev_id as net_device).regs + ISR);
  return handled;
}

card_driver({ interrupt: interrupt_pushed });
