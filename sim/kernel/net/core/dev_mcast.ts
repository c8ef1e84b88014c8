/** Multicast addresses of devices (net/core/dev_mcast.c). */
import { driver_call, free_object } from "machine";
import { check_arg } from "../../kernel/misuse.ts";
import { KERN_ERR, printk } from "../../kernel/printk.ts";
import { spin_lock_bh, spin_unlock_bh } from "../../kernel/spinlock.ts";
import { ENOENT } from "../../lib/errno.ts";
import { restricted } from "./context.ts";
import { IFF_UP } from "./if.ts";
import { dev_mc_list, need_dev, type net_device } from "./net_device.ts";
import { netif_device_present } from "./netif.ts";
import { core_holds_xmit_lock } from "./netpoll_info.ts";

/** Tells the driver; xmit_lock held (net/core/dev_mcast.c: __dev_mc_upload). */
function __dev_mc_upload(dev: net_device): void {
  if (!(dev.flags & IFF_UP)) return;
  if (dev.set_multicast_list === null || !netif_device_present(dev)) return;
  core_holds_xmit_lock(dev, true);
  driver_call("set_multicast_list", dev, dev.set_multicast_list, dev);
  core_holds_xmit_lock(dev, false);
}

/** Has the driver set its receive filter again. @context process or softirq, xmit_lock not held. Linux net/core/dev_mcast.c: dev_mc_upload */
export function dev_mc_upload(dev: net_device): void {
  need_dev("dev_mc_upload", dev);
  restricted("dev_mc_upload");
  spin_lock_bh(dev.xmit_lock);
  __dev_mc_upload(dev);
  spin_unlock_bh(dev.xmit_lock);
}

function same_address(a: Uint8Array, b: Uint8Array, length: number): boolean {
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function find(dev: net_device, addr: Uint8Array, alen: number): dev_mc_list | null {
  for (let dmi = dev.mc_list; dmi !== null; dmi = dmi.next) {
    if (dmi.dmi_addrlen === alen && same_address(dmi.dmi_addr, addr, alen)) return dmi;
  }
  return null;
}

/**
 * Adds a multicast address, or counts one more user of it, and has the driver set its filter.
 * @param glbl 1: for user space, counted once
 * @returns 0, or -ENOMEM
 * @context process or softirq, interrupts on, xmit_lock not held; rtnl is not needed. Linux net/core/dev_mcast.c: dev_mc_add
 */
export function dev_mc_add(dev: net_device, addr: Uint8Array, alen: number, glbl: number): number {
  need_dev("dev_mc_add", dev);
  check_arg("dev_mc_add", "addr", addr, "bytes");
  restricted("dev_mc_add");
  const fresh = new dev_mc_list();
  spin_lock_bh(dev.xmit_lock);
  const known = find(dev, addr, alen);
  if (known !== null) {
    const first = !known.dmi_gusers;
    if (glbl) known.dmi_gusers = 1;
    if (!glbl || first) known.dmi_users++;
    spin_unlock_bh(dev.xmit_lock);
    return 0;
  }
  fresh.dmi_addr.set(addr.subarray(0, alen));
  fresh.dmi_addrlen = alen;
  fresh.next = dev.mc_list;
  fresh.dmi_users = 1;
  fresh.dmi_gusers = glbl ? 1 : 0;
  dev.mc_list = fresh;
  dev.mc_count++;
  __dev_mc_upload(dev);
  spin_unlock_bh(dev.xmit_lock);
  return 0;
}

/**
 * Takes a user of a multicast address away; the last one takes the address with him.
 * @returns 0, or -ENOENT
 * @context process or softirq, interrupts on, xmit_lock not held. Linux net/core/dev_mcast.c: dev_mc_delete
 */
export function dev_mc_delete(dev: net_device, addr: Uint8Array, alen: number, glbl: number): number {
  need_dev("dev_mc_delete", dev);
  check_arg("dev_mc_delete", "addr", addr, "bytes");
  restricted("dev_mc_delete");
  spin_lock_bh(dev.xmit_lock);
  const err = forget(dev, addr, alen, glbl);
  spin_unlock_bh(dev.xmit_lock);
  return err;
}

function forget(dev: net_device, addr: Uint8Array, alen: number, glbl: number): number {
  const dmi = find(dev, addr, alen);
  if (dmi === null) return -ENOENT;
  if (glbl) {
    if (!dmi.dmi_gusers) return -ENOENT;
    dmi.dmi_gusers = 0;
  }
  if (--dmi.dmi_users > 0) return 0;
  if (dev.mc_list === dmi) dev.mc_list = dmi.next;
  for (let d = dev.mc_list; d !== null; d = d.next) if (d.next === dmi) d.next = dmi.next;
  dev.mc_count--;
  free_object(dmi, "dev_mc_list");
  __dev_mc_upload(dev);
  return 0;
}

/** Drops all addresses of a device that goes (net/core/dev_mcast.c: dev_mc_discard). */
export function dev_mc_discard(dev: net_device): void {
  spin_lock_bh(dev.xmit_lock);
  for (let dmi = dev.mc_list; dmi !== null; dmi = dmi.next) {
    if (dmi.dmi_users > dmi.dmi_gusers)
      printk(`${KERN_ERR}dev_mc_discard: multicast leakage! dmi_users=${dmi.dmi_users}\n`);
  }
  dev.mc_list = null;
  dev.mc_count = 0;
  spin_unlock_bh(dev.xmit_lock);
}
