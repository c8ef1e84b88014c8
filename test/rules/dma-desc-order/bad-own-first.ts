/* The barrier stands between OWN and the rest, but the rest comes after it: wrong. */
// @lab workload=smoke weak
// @expect dma-desc-order
import { cpu_to_le16, cpu_to_le32 } from "asm/byteorder";
import { wmb } from "asm/system";
import type { sk_buff } from "linux/skbuff";
import { card_driver, type card_priv, EOP_IRQ, OWN } from "../lib/card.ts";

function give_own_first(p: card_priv, i: number, skb: sk_buff, map: number): void {
  const d = p.tx.d![i]!;
  d.flags = cpu_to_le16(EOP_IRQ);
  d.status = cpu_to_le32(OWN);
  wmb();
  d.len = cpu_to_le16(skb.len);
  d.addr = cpu_to_le32(map);
}

card_driver({ give_tx: give_own_first });
