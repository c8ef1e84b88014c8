/* Engines off, then STATUS read until they rest, then the rings freed. */
// @lab workload=updown
// @expect none
import { ioread32, iowrite32 } from "asm/io";
import { udelay } from "linux/delay";
import { ACTIVE, CTRL, card_driver, type card_priv, IMR, STATUS } from "../lib/card.ts";

function engines_off(p: card_priv): void {
  iowrite32(0, p.regs + IMR);
  iowrite32(0, p.regs + CTRL);
  while (ioread32(p.regs + STATUS) & ACTIVE) udelay(2);
}

card_driver({ quiet: engines_off });
