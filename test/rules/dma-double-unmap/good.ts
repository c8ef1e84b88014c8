/* A frame that is dropped leaves its buffer in the ring, mapped. */
// @lab workload=smoke
// @expect none
import type { net_device } from "linux/netdevice";
import { card_driver, type card_priv, receive } from "../lib/card.ts";

const SHORT = 70;

function drop_short(dev: net_device, p: card_priv, i: number, len: number): void {
  if (len >= SHORT) receive(dev, p, i, len);
  else p.stats.rx_dropped++;
}

card_driver({ receive: drop_short });
