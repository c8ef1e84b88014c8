/* A new MTU closes and opens the device, and nobody looks whether it opened: wrong. */
// @lab workload=./mtu-without-memory.ts
// @expect ioctl-close-open ?irq-double-free ?life-double-free ?irq-free
import { EINVAL, ENOMEM } from "linux/errno";
import { type net_device, netdev_priv, netif_running } from "linux/netdevice";
import { GFP_KERNEL, kfree, kmalloc } from "linux/slab";
import { link_module, link_open, link_priv, link_stop } from "../lib/link-card.ts";

class mtu_priv extends link_priv {
  bounce: Uint8Array | null = null;
}

function mtu_open(dev: net_device): number {
  const p = netdev_priv<mtu_priv>(dev);
  p.bounce = kmalloc(dev.mtu + 64, GFP_KERNEL);
  if (!p.bounce) return -ENOMEM;
  const err = link_open(dev);
  if (err) {
    kfree(p.bounce);
    p.bounce = null;
  }
  return err;
}

function mtu_stop(dev: net_device): number {
  const p = netdev_priv<mtu_priv>(dev);
  link_stop(dev);
  kfree(p.bounce);
  p.bounce = null;
  return 0;
}

function mtu_change(dev: net_device, mtu: number): number {
  if (mtu < 68 || mtu > 9000) return -EINVAL;
  const open = netif_running(dev);
  if (open) mtu_stop(dev);
  dev.mtu = mtu;
  if (open) mtu_open(dev);
  return 0;
}

link_module({ priv: mtu_priv, callbacks: { open: mtu_open, stop: mtu_stop, change_mtu: mtu_change } });
