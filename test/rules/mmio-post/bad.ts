/* The reset may not have arrived when the delay that waits for it begins: wrong. */
// @lab workload=smoke
// @expect mmio-post
import { iowrite32 } from "asm/io";
import { udelay } from "linux/delay";
import { CTRL, card_driver, type card_priv, RESET } from "../lib/card.ts";

function reset_blindly(p: card_priv): void {
  iowrite32(RESET, p.regs + CTRL);
  udelay(20);
}

card_driver({ reset: reset_blindly });
