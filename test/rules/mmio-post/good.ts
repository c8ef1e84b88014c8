/* A read pushes the reset before the delay. */
// @lab workload=smoke
// @expect none
import { ioread32, iowrite32 } from "asm/io";
import { udelay } from "linux/delay";
import { CTRL, card_driver, type card_priv, RESET } from "../lib/card.ts";

function reset_pushed(p: card_priv): void {
  iowrite32(RESET, p.regs + CTRL);
  ioread32(p.regs + CTRL);
  udelay(20);
}

card_driver({ reset: reset_pushed });
