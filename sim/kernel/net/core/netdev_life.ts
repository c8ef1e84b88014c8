/** From alloc_netdev to free_netdev (net/core/dev.c). */
import { driver_call, emit, is_freed, oops } from "machine";
import { should_fail } from "../../kernel/fault.ts";
import { check_arg } from "../../kernel/misuse.ts";
import { BUG } from "../../kernel/panic.ts";
import { KERN_DEBUG, KERN_ERR, printk } from "../../kernel/printk.ts";
import { synchronize_net } from "../../kernel/rcupdate.ts";
import { write_lock_bh, write_unlock_bh } from "../../kernel/rwlock.ts";
import { __might_sleep, might_sleep } from "../../kernel/sched.ts";
import { __spin_lock_init } from "../../kernel/spinlock.ts";
import { set_bit } from "../../lib/bitops.ts";
import { EEXIST, EIO, ENODEV } from "../../lib/errno.ts";
import { GFP_KERNEL } from "../../mm/gfp.ts";
import { size_of } from "../../mm/layout.ts";
import { memory_register } from "../../mm/slab.ts";
import { default_rebuild_header, ether_setup } from "../ethernet/eth.ts";
import { dev_init_scheduler, dev_shutdown } from "../sched/sch_generic.ts";
import {
  check_name,
  dev_alloc_name,
  dev_base_lock,
  dev_new_index,
  list_netdevice,
  unlist_netdevice,
} from "./dev_list.ts";
import { dev_mc_discard } from "./dev_mcast.ts";
import { dev_close } from "./dev_open.ts";
import { dev_hold, dev_put } from "./dev_refs.ts";
import { IFF_UP } from "./if.ts";
import { need_dev, net_device } from "./net_device.ts";
import { netdev_drop_sysfs, netdev_free } from "./net-sysfs.ts";
import {
  __LINK_STATE_PRESENT,
  NETDEV_REGISTER,
  NETDEV_UNREGISTER,
  NETIF_F_HW_CSUM,
  NETIF_F_IP_CSUM,
  NETIF_F_NO_CSUM,
  NETIF_F_SG,
  NETIF_F_TSO,
  NETREG_REGISTERED,
  NETREG_REGISTERING,
  NETREG_RELEASED,
  NETREG_UNINITIALIZED,
  NETREG_UNREGISTERED,
  NETREG_UNREGISTERING,
} from "./netdev_constants.ts";
import { call_netdevice_notifiers } from "./netdev_notifier.ts";
import { net_set_todo } from "./netdev_todo.ts";
import { assert_rtnl, rtnl_lock, rtnl_unlock } from "./rtnl.ts";

/** A class whose instances are private areas, or 0 or null for none. */
export type private_class<T> = (new () => T) | null | 0;

/**
 * Makes a device with a private area.
 * @param private_area class of the private area (netdev_priv gives the instance), or null
 * @param name name, or a pattern such as "sn%d" that registering completes
 * @param setup fills in the device: ether_setup, or your own
 * @returns the device, or null when memory runs out
 * @context process; may sleep. Linux net/core/dev.c: alloc_netdev
 */
export function alloc_netdev<T>(
  private_area: private_class<T>,
  name: string,
  setup: (dev: net_device) => void,
): net_device | null {
  check_arg("alloc_netdev", "name", name, "string");
  check_arg("alloc_netdev", "setup", setup, "function");
  return make_netdev("alloc_netdev", private_area, name, setup);
}

/**
 * alloc_netdev for an Ethernet device: "eth%d", ether_setup.
 * @returns the device, or null when memory runs out
 * @context process; may sleep. Linux net/ethernet/eth.c: alloc_etherdev
 */
export function alloc_etherdev<T>(private_area: private_class<T>): net_device | null {
  return make_netdev("alloc_etherdev", private_area, "eth%d", ether_setup);
}

function make_netdev<T>(
  fn: string,
  private_area: private_class<T>,
  name: string,
  setup: (dev: net_device) => void,
): net_device | null {
  if (private_area !== null && private_area !== 0) check_arg(fn, "private class", private_area, "function");
  __might_sleep(fn, GFP_KERNEL);
  if (should_fail("alloc-netdev")) {
    printk(`${KERN_ERR}alloc_dev: Unable to allocate device.\n`);
    return null;
  }
  const dev = new net_device();
  dev.allocated = true;
  if (private_area !== null && private_area !== 0) {
    const area = new private_area();
    dev.netdev_private = area;
    if (typeof area === "object" && area !== null)
      memory_register(area, private_area.name, size_of(area), GFP_KERNEL, "free_netdev");
  }
  memory_register(dev, "net_device", NET_DEVICE_SIZE, GFP_KERNEL, "free_netdev");
  dev.priv = dev.netdev_private;
  emit({ type: "netdev-allocated", device: dev });
  setup(dev);
  dev.name = name;
  return dev;
}

/** Bytes that the structure takes in the books. */
const NET_DEVICE_SIZE = 1024;

function misused(fn: string, dev: net_device, how: string): void {
  emit({ type: "netdev-misused", device: dev, how, fn, state: dev.reg_state });
}

/** What a driver asked for that does not go together (net/core/dev.c: register_netdevice). */
function fix_features(dev: net_device): void {
  if (dev.features & NETIF_F_SG && !(dev.features & (NETIF_F_IP_CSUM | NETIF_F_NO_CSUM | NETIF_F_HW_CSUM))) {
    printk(`${dev.name}: Dropping NETIF_F_SG since no checksum feature.\n`);
    dev.features &= ~NETIF_F_SG;
  }
  if (dev.features & NETIF_F_TSO && !(dev.features & NETIF_F_SG)) {
    printk(`${dev.name}: Dropping NETIF_F_TSO since no SG feature.\n`);
    dev.features &= ~NETIF_F_TSO;
  }
}

/**
 * Registers a device: from here on others may use it. The name must be complete. Registration ends in rtnl_unlock.
 * @returns 0, -EINVAL (name), -EEXIST, or what `dev.init` returned
 * @context process, rtnl held; may sleep. Linux net/core/dev.c: register_netdevice
 */
export function register_netdevice(dev: net_device): number {
  need_dev("register_netdevice", dev);
  might_sleep("register_netdevice");
  assert_rtnl("register_netdevice");
  if (!dev.allocated) misused("register_netdevice", dev, "not-allocated");
  if (dev.reg_state !== NETREG_UNINITIALIZED) {
    misused("register_netdevice", dev, "double-register");
    BUG();
  }
  __spin_lock_init(dev.queue_lock, "queue_lock");
  __spin_lock_init(dev.xmit_lock, "xmit_lock");
  __spin_lock_init(dev.ingress_lock, "ingress_lock");
  dev.xmit_lock_owner = -1;
  dev.iflink = -1;
  if (should_fail("register-netdev")) return -EEXIST;
  if (dev.init !== null) {
    const result = driver_call("init", dev, dev.init, dev);
    if (result) return result > 0 ? -EIO : result;
  }
  const bad_name = check_name(dev.name, dev);
  if (bad_name) return bad_name;
  dev.ifindex = dev_new_index();
  if (dev.iflink === -1) dev.iflink = dev.ifindex;
  fix_features(dev);
  if (dev.rebuild_header === null) dev.rebuild_header = default_rebuild_header;
  set_bit(__LINK_STATE_PRESENT, dev.state);
  dev_init_scheduler(dev);
  write_lock_bh(dev_base_lock);
  list_netdevice(dev);
  dev_hold(dev);
  dev.reg_state = NETREG_REGISTERING;
  write_unlock_bh(dev_base_lock);
  emit({ type: "netdev-registered", device: dev });
  call_netdevice_notifiers(NETDEV_REGISTER, dev);
  net_set_todo(dev);
  return 0;
}

/**
 * Registers a device and completes its name ("eth%d"). Others may use the device before this returns.
 * @returns 0, or a negative errno: then the device is as before, and yours to free
 * @context process, rtnl not held; sleeps. Linux net/core/dev.c: register_netdev
 */
export function register_netdev(dev: net_device): number {
  need_dev("register_netdev", dev);
  might_sleep("register_netdev");
  rtnl_lock();
  let err = 0;
  if (dev.name.includes("%")) err = dev_alloc_name(dev, dev.name);
  else if (dev.name === "" || dev.name.startsWith(" ")) err = dev_alloc_name(dev, "eth%d");
  if (err >= 0) err = register_netdevice(dev);
  rtnl_unlock();
  return err;
}

/**
 * Closes the device and takes it away from everybody. The rest, and waiting for references, is done by rtnl_unlock.
 * @returns 0, or -ENODEV if it was never registered
 * @context process, rtnl held; sleeps. Linux net/core/dev.c: unregister_netdevice
 */
export function unregister_netdevice(dev: net_device): number {
  need_dev("unregister_netdevice", dev);
  might_sleep("unregister_netdevice");
  assert_rtnl("unregister_netdevice");
  if (dev.reg_state === NETREG_UNINITIALIZED) {
    misused("unregister_netdevice", dev, "never-registered");
    printk(`${KERN_DEBUG}unregister_netdevice: device ${dev.name}/${dev.id} never was registered\n`);
    return -ENODEV;
  }
  if (dev.reg_state !== NETREG_REGISTERED) {
    misused(
      "unregister_netdevice",
      dev,
      dev.reg_state === NETREG_REGISTERING ? "unregister-registering" : "unregister-state",
    );
    BUG();
  }
  if (dev.flags & IFF_UP) dev_close(dev);
  write_lock_bh(dev_base_lock);
  const listed = unlist_netdevice(dev);
  write_unlock_bh(dev_base_lock);
  if (!listed) {
    printk(`${KERN_ERR}unregister_netdevice: '${dev.name}' not found\n`);
    return -ENODEV;
  }
  dev.reg_state = NETREG_UNREGISTERING;
  synchronize_net();
  dev_shutdown(dev);
  call_netdevice_notifiers(NETDEV_UNREGISTER, dev);
  dev_mc_discard(dev);
  if (dev.uninit !== null) driver_call("uninit", dev, dev.uninit, dev);
  net_set_todo(dev);
  synchronize_net();
  dev_put(dev);
  return 0;
}

/**
 * Closes and unregisters a device, and waits until nobody refers to it. Afterwards free it by free_netdev.
 * @context process, rtnl not held; sleeps. Linux net/core/dev.c: unregister_netdev
 */
export function unregister_netdev(dev: net_device): void {
  need_dev("unregister_netdev", dev);
  might_sleep("unregister_netdev");
  rtnl_lock();
  unregister_netdevice(dev);
  rtnl_unlock();
}

const WHY_NOT_FREE: Record<number, string> = {
  [NETREG_REGISTERING]: "free-registered",
  [NETREG_REGISTERED]: "free-registered",
  [NETREG_UNREGISTERING]: "free-unregistering",
  [NETREG_RELEASED]: "double-free",
};

/**
 * Gives a device back: one that was never registered, or whose unregistering is complete. Its memory stays until the last open
 * file of sysfs is closed.
 * @context process. Linux net/core/dev.c: free_netdev
 */
export function free_netdev(dev: net_device): void {
  need_dev("free_netdev", dev);
  if (is_freed(dev)) {
    emit({
      type: "netdev-misused",
      device: dev,
      how: "double-free",
      fn: "free_netdev",
      state: NETREG_RELEASED,
    });
    oops(`kernel BUG: free_netdev of a device that is free`);
  }
  if (!dev.allocated) misused("free_netdev", dev, "not-allocated");
  if (dev.reg_state === NETREG_UNINITIALIZED) {
    netdev_free(dev);
    return;
  }
  if (dev.reg_state !== NETREG_UNREGISTERED) {
    misused("free_netdev", dev, WHY_NOT_FREE[dev.reg_state] ?? "bad-state");
    BUG();
  }
  dev.reg_state = NETREG_RELEASED;
  netdev_drop_sysfs(dev);
}
