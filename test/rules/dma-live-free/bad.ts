/* Interrupts are off, but the receiver is still on when the rings are freed: wrong. */
// @lab workload=smoke
// @expect dma-live-free
import { ioread32, iowrite32 } from "asm/io";
import { card_driver, type card_priv, IMR } from "../lib/card.ts";

function interrupts_off(p: card_priv): void {
  iowrite32(0, p.regs + IMR);
  ioread32(p.regs + IMR);
}

card_driver({ quiet: interrupts_off });
