/** Opening and closing devices, and their flags (net/core/dev.c). */
import { driver_call, emit } from "machine";
import { KERN_INFO, printk } from "../../kernel/printk.ts";
import { might_sleep } from "../../kernel/sched.ts";
import { clear_bit, set_bit } from "../../lib/bitops.ts";
import { ENODEV } from "../../lib/errno.ts";
import { dev_activate, dev_deactivate } from "../sched/sch_generic.ts";
import { dev_mc_upload } from "./dev_mcast.ts";
import {
  IFF_ALLMULTI,
  IFF_AUTOMEDIA,
  IFF_DEBUG,
  IFF_DYNAMIC,
  IFF_MULTICAST,
  IFF_NOARP,
  IFF_NOTRAILERS,
  IFF_PORTSEL,
  IFF_PROMISC,
  IFF_RUNNING,
  IFF_UP,
  IFF_VOLATILE,
} from "./if.ts";
import { wait_for_polling } from "./napi.ts";
import { need_dev, type net_device } from "./net_device.ts";
import {
  __LINK_STATE_START,
  NETDEV_CHANGE,
  NETDEV_DOWN,
  NETDEV_GOING_DOWN,
  NETDEV_UP,
} from "./netdev_constants.ts";
import { call_netdevice_notifiers } from "./netdev_notifier.ts";
import { netif_carrier_ok, netif_device_present, netif_running } from "./netif.ts";
import { rtmsg_ifinfo } from "./rtmsg.ts";
import { assert_rtnl } from "./rtnl.ts";

/**
 * Opens a device.
 * @returns 0 (also if it is up), -ENODEV if it is detached, or what `dev.open` returned
 * @context process, rtnl held; sleeps. Linux net/core/dev.c: dev_open
 */
export function dev_open(dev: net_device): number {
  need_dev("dev_open", dev);
  might_sleep("dev_open");
  assert_rtnl("dev_open");
  if (dev.flags & IFF_UP) return 0;
  if (!netif_device_present(dev)) return -ENODEV;
  set_bit(__LINK_STATE_START, dev.state);
  const ret = dev.open === null ? 0 : driver_call("open", dev, dev.open, dev);
  emit({ type: "netdev-open", device: dev, result: ret });
  if (ret) {
    clear_bit(__LINK_STATE_START, dev.state);
    return ret;
  }
  dev.flags |= IFF_UP;
  dev_mc_upload(dev);
  dev_activate(dev);
  call_netdevice_notifiers(NETDEV_UP, dev);
  return 0;
}

/**
 * Closes a device: no more transmission, polling ended, then `dev.stop`.
 * @returns 0
 * @context process, rtnl held; sleeps. Linux net/core/dev.c: dev_close
 */
export function dev_close(dev: net_device): number {
  need_dev("dev_close", dev);
  might_sleep("dev_close");
  assert_rtnl("dev_close");
  if (!(dev.flags & IFF_UP)) return 0;
  call_netdevice_notifiers(NETDEV_GOING_DOWN, dev);
  dev_deactivate(dev);
  clear_bit(__LINK_STATE_START, dev.state);
  wait_for_polling(dev);
  const result = dev.stop === null ? 0 : driver_call("stop", dev, dev.stop, dev);
  emit({ type: "netdev-close", device: dev, result });
  dev.flags &= ~IFF_UP;
  call_netdevice_notifiers(NETDEV_DOWN, dev);
  return 0;
}

/** The flags as user space sees them. @context any. Linux net/core/dev.c: dev_get_flags */
export function dev_get_flags(dev: net_device): number {
  need_dev("dev_get_flags", dev);
  const kept = dev.flags & ~(IFF_PROMISC | IFF_ALLMULTI | IFF_RUNNING);
  const flags = kept | (dev.gflags & (IFF_PROMISC | IFF_ALLMULTI));
  return netif_running(dev) && netif_carrier_ok(dev) ? flags | IFF_RUNNING : flags;
}

const SETTABLE =
  IFF_DEBUG | IFF_NOTRAILERS | IFF_NOARP | IFF_DYNAMIC | IFF_MULTICAST | IFF_PORTSEL | IFF_AUTOMEDIA;

/**
 * Changes a device's flags; IFF_UP opens or closes it.
 * @returns 0 or a negative errno
 * @context process, rtnl held; sleeps. Linux net/core/dev.c: dev_change_flags
 */
export function dev_change_flags(dev: net_device, flags: number): number {
  need_dev("dev_change_flags", dev);
  assert_rtnl("dev_change_flags");
  const old_flags = dev.flags;
  dev.flags = (flags & SETTABLE) | (dev.flags & (IFF_UP | IFF_VOLATILE | IFF_PROMISC | IFF_ALLMULTI));
  dev_mc_upload(dev);
  let ret = 0;
  if ((old_flags ^ flags) & IFF_UP) {
    ret = old_flags & IFF_UP ? dev_close(dev) : dev_open(dev);
    if (ret === 0) dev_mc_upload(dev);
  }
  const others = ~(IFF_UP | IFF_PROMISC | IFF_ALLMULTI | IFF_VOLATILE);
  if (dev.flags & IFF_UP && (old_flags ^ dev.flags) & others) call_netdevice_notifiers(NETDEV_CHANGE, dev);
  if ((flags ^ dev.gflags) & IFF_PROMISC) {
    dev.gflags ^= IFF_PROMISC;
    dev_set_promiscuity(dev, flags & IFF_PROMISC ? 1 : -1);
  }
  if ((flags ^ dev.gflags) & IFF_ALLMULTI) {
    dev.gflags ^= IFF_ALLMULTI;
    dev_set_allmulti(dev, flags & IFF_ALLMULTI ? 1 : -1);
  }
  if (old_flags !== dev.flags) rtmsg_ifinfo(dev);
  return ret;
}

/** Counts users of promiscuous mode; the first turns it on, the last off. @context process or softirq. Linux net/core/dev.c: dev_set_promiscuity */
export function dev_set_promiscuity(dev: net_device, inc: number): void {
  need_dev("dev_set_promiscuity", dev);
  const old_flags = dev.flags;
  dev.promiscuity += inc;
  if (dev.promiscuity === 0) dev.flags &= ~IFF_PROMISC;
  else dev.flags |= IFF_PROMISC;
  if (dev.flags === old_flags) return;
  dev_mc_upload(dev);
  const how = dev.flags & IFF_PROMISC ? "entered" : "left";
  printk(`${KERN_INFO}device ${dev.name} ${how} promiscuous mode\n`);
}

/** Counts users of "all multicast"; the first turns it on, the last off. @context process or softirq. Linux net/core/dev.c: dev_set_allmulti */
export function dev_set_allmulti(dev: net_device, inc: number): void {
  need_dev("dev_set_allmulti", dev);
  const old_flags = dev.flags;
  dev.flags |= IFF_ALLMULTI;
  dev.allmulti += inc;
  if (dev.allmulti === 0) dev.flags &= ~IFF_ALLMULTI;
  if (dev.flags !== old_flags) dev_mc_upload(dev);
}

/** Tells everybody that state or flags of an open device changed. @context process, rtnl held. Linux net/core/dev.c: netdev_state_change */
export function netdev_state_change(dev: net_device): void {
  need_dev("netdev_state_change", dev);
  if (!(dev.flags & IFF_UP)) return;
  call_netdevice_notifiers(NETDEV_CHANGE, dev);
  rtmsg_ifinfo(dev);
}
