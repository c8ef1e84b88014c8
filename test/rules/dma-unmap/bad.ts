/* A packet that was sent is freed, and its mapping forgotten: wrong. */
// @lab workload=smoke
// @expect dma-unmap-order dma-unmap
import { dev_kfree_skb_any, type sk_buff } from "linux/skbuff";
import { card_driver, type card_priv } from "../lib/card.ts";

function forget(p: card_priv, i: number, skb: sk_buff): void {
  p.tx.skb[i] = null;
  dev_kfree_skb_any(skb);
}

card_driver({ done_tx: forget });
