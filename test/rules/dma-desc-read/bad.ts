/* The length is loaded with the status, and no barrier puts it behind: wrong. */
// @lab workload=flood-rx weak
// @expect dma-desc-read
import { le32_to_cpu } from "asm/byteorder";
import { ioread32, iowrite32, mmiowb } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { type net_device, netdev_priv } from "linux/netdevice";
import { spin_lock, spin_unlock } from "linux/spinlock";
import {
  card_driver,
  type card_priv,
  clean_tx,
  EVENTS,
  give_rx,
  ISR,
  next,
  OWN,
  RX_TAIL,
  receive,
} from "../lib/card.ts";

function clean_rx_hastily(dev: net_device, p: card_priv): void {
  for (;;) {
    const i = p.cur;
    const d = p.rx.d![i]!;
    const len = le32_to_cpu(d.reserved) & 0xffff;
    if (le32_to_cpu(d.status) & OWN) return;
    receive(dev, p, i, len);
    give_rx(p, i);
    p.cur = next(i);
    iowrite32(i, p.regs + RX_TAIL);
  }
}

function interrupt(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const p = netdev_priv<card_priv>(dev);
  spin_lock(p.lock);
  const status = p.up ? ioread32(p.regs + ISR) & EVENTS : 0;
  if (status) {
    iowrite32(status, p.regs + ISR);
    clean_tx(dev, p);
    clean_rx_hastily(dev, p);
    mmiowb();
  }
  spin_unlock(p.lock);
  return status ? IRQ_HANDLED : IRQ_NONE;
}

card_driver({ interrupt });
