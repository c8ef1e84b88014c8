/* If it does not open again, it is closed. */
// @lab workload=./mtu-without-memory.ts
// @expect none
import { EINVAL, ENOMEM } from "linux/errno";
import { dev_close, type net_device, netdev_priv, netif_running } from "linux/netdevice";
import { GFP_KERNEL, kfree, kmalloc } from "linux/slab";
import { link_module, link_open, link_priv, link_stop } from "../lib/link-card.ts";

class mtu_priv extends link_priv {
  bounce: Uint8Array | null = null;
  up = false;
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
  p.up = err === 0;
  return err;
}

function mtu_stop(dev: net_device): number {
  const p = netdev_priv<mtu_priv>(dev);
  if (!p.up) return 0;
  p.up = false;
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
  const err = open ? mtu_open(dev) : 0;
  if (err) dev_close(dev);
  return err;
}

link_module({ priv: mtu_priv, callbacks: { open: mtu_open, stop: mtu_stop, change_mtu: mtu_change } });
