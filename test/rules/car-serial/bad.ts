/* Handler and ioctl both tell the stack about the link, each when it likes: wrong. */
// @lab workload=./flutter.ts
// @expect car-serial
import { ioread32, iowrite32 } from "asm/io";
import { udelay } from "linux/delay";
import { EOPNOTSUPP } from "linux/errno";
import type { ifreq } from "linux/if";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { type net_device, netdev_priv, netif_carrier_off, netif_carrier_on } from "linux/netdevice";
import { SIOCDEVPRIVATE } from "linux/sockios";
import { GONE, ISR, LINK, LINK_CHANGE, STATUS } from "../../../examples/labnic/regs.ts";
import { link_module, type link_priv } from "../lib/link-card.ts";

/** Microseconds that the link must keep its state, where there is time. */
const SETTLE = 12;

function media_check(dev: net_device, settle: number): void {
  const { io } = netdev_priv<link_priv>(dev);
  const up = ioread32(io + STATUS) & LINK;
  udelay(settle);
  if (up) netif_carrier_on(dev);
  else netif_carrier_off(dev);
}

function media_interrupt(_irq: number, dev: net_device): number {
  const { io } = netdev_priv<link_priv>(dev);
  const events = ioread32(io + ISR);
  if (events === GONE || !(events & LINK_CHANGE)) return IRQ_NONE;
  iowrite32(LINK_CHANGE, io + ISR);
  media_check(dev, 1);
  return IRQ_HANDLED;
}

function media_ioctl(dev: net_device, _ifr: ifreq, cmd: number): number {
  if (cmd !== SIOCDEVPRIVATE) return -EOPNOTSUPP;
  media_check(dev, SETTLE);
  return 0;
}

link_module({ interrupt: media_interrupt, callbacks: { do_ioctl: media_ioctl } });
