/* The descriptor is filled and the doorbell rung, and no barrier stands between the two: wrong. */
// @lab workload=smoke weak
// @expect dma-desc-order
import { cpu_to_le16, cpu_to_le32 } from "asm/byteorder";
import type { sk_buff } from "linux/skbuff";
import { card_driver, type card_priv, EOP_IRQ, OWN } from "../lib/card.ts";

function give_unordered(p: card_priv, i: number, skb: sk_buff, map: number): void {
  const d = p.tx.d![i]!;
  d.status = cpu_to_le32(OWN);
  d.addr = cpu_to_le32(map);
  d.len = cpu_to_le16(skb.len);
  d.flags = cpu_to_le16(EOP_IRQ);
}

card_driver({ give_tx: give_unordered });
