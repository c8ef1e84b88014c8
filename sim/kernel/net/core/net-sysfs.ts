/** /sys/class/net (net/core/net-sysfs.c). */
import { driver_call, emit } from "machine";
import {
  add_internal_file,
  CLASS_DEVICE_ATTR,
  type class_device,
  class_device_put,
  remove_all_files,
} from "../../drivers/base/class.ts";
import { kobject_uevent } from "../../drivers/base/uevent.ts";
import { BUG_ON } from "../../kernel/panic.ts";
import { read_lock, read_unlock } from "../../kernel/rwlock.ts";
import { EINVAL } from "../../lib/errno.ts";
import { memory_release } from "../../mm/slab.ts";
import { dev_set_mtu } from "./dev_config.ts";
import { dev_base_lock } from "./dev_list.ts";
import { dev_change_flags } from "./dev_open.ts";
import type { net_device, net_device_stats } from "./net_device.ts";
import { NETREG_REGISTERED, NETREG_RELEASED, NETREG_UNINITIALIZED } from "./netdev_constants.ts";
import { netif_carrier_ok, netif_running } from "./netif.ts";
import { rtnl_lock, rtnl_unlock } from "./rtnl.ts";

function dev_isalive(dev: net_device): boolean {
  return dev.reg_state === NETREG_REGISTERED;
}

/** The device that a class device stands for. @context any. Linux include/linux/netdevice.h: to_net_dev */
export function to_net_dev(cd: class_device): net_device {
  return cd.class_data as net_device;
}

type format = (dev: net_device) => string | null;
type setter = (dev: net_device, value: number) => number;

/** An attribute that prints a field under dev_base_lock (net/core/net-sysfs.c: netdev_show). */
function show_of(print: format): (cd: class_device) => string | number {
  return (cd) => {
    const dev = to_net_dev(cd);
    let text: string | null = null;
    read_lock(dev_base_lock);
    if (dev_isalive(dev)) text = print(dev);
    read_unlock(dev_base_lock);
    return text === null ? -EINVAL : `${text}\n`;
  };
}

/** An attribute that sets a number under rtnl (net/core/net-sysfs.c: netdev_store). */
function store_of(set: setter): (cd: class_device, buf: string, count: number) => number {
  return (cd, buf, count) => {
    const dev = to_net_dev(cd);
    const value = Number.parseInt(buf, /^\s*0x/i.test(buf) ? 16 : 10);
    if (Number.isNaN(value)) return -EINVAL;
    let ret = -EINVAL;
    rtnl_lock();
    if (dev_isalive(dev)) {
      const err = set(dev, value);
      ret = err === 0 ? count : err;
    }
    rtnl_unlock();
    return ret;
  };
}

function attribute(cd: class_device, name: string, print: format, set: setter | null = null): void {
  const mode = set === null ? 0o444 : 0o644;
  add_internal_file(
    cd,
    "",
    CLASS_DEVICE_ATTR(name, mode, show_of(print), set === null ? null : store_of(set)),
  );
}

function mac(bytes: Uint8Array, length: number): string {
  return Array.from(bytes.subarray(0, length), (b) => b.toString(16).padStart(2, "0")).join(":");
}

function change_tx_queue_len(dev: net_device, value: number): number {
  dev.tx_queue_len = value;
  return 0;
}

function change_weight(dev: net_device, value: number): number {
  dev.weight = value;
  return 0;
}

const statistics: readonly (keyof net_device_stats)[] = [
  "rx_packets",
  "tx_packets",
  "rx_bytes",
  "tx_bytes",
  "rx_errors",
  "tx_errors",
  "rx_dropped",
  "tx_dropped",
  "multicast",
  "collisions",
  "rx_length_errors",
  "rx_over_errors",
  "rx_crc_errors",
  "rx_frame_errors",
  "rx_fifo_errors",
  "rx_missed_errors",
  "tx_aborted_errors",
  "tx_carrier_errors",
  "tx_fifo_errors",
  "tx_heartbeat_errors",
  "tx_window_errors",
  "rx_compressed",
  "tx_compressed",
];

/** One counter (net/core/net-sysfs.c: netstat_show). */
function print_counter(name: keyof net_device_stats): format {
  return (dev) => {
    if (dev.get_stats === null) return null;
    const stats = driver_call("get_stats", dev, dev.get_stats, dev);
    return stats ? String(stats[name]) : null;
  };
}

/** Makes the directory of a device (net/core/net-sysfs.c: netdev_register_sysfs). */
export function netdev_register_sysfs(dev: net_device): void {
  const cd = dev.class_dev;
  cd.class_name = "net";
  cd.class_id = dev.name;
  cd.class_data = dev;
  cd.release = () => netdev_release(dev);
  attribute(cd, "addr_len", (d) => String(d.addr_len));
  attribute(cd, "iflink", (d) => String(d.iflink));
  attribute(cd, "ifindex", (d) => String(d.ifindex));
  attribute(cd, "features", (d) => `0x${d.features.toString(16)}`);
  attribute(cd, "type", (d) => String(d.type));
  attribute(cd, "address", (d) => mac(d.dev_addr, d.addr_len));
  attribute(cd, "broadcast", (d) => mac(d.broadcast, d.addr_len));
  attribute(cd, "carrier", (d) => (netif_running(d) ? String(netif_carrier_ok(d) ? 1 : 0) : null));
  attribute(cd, "mtu", (d) => String(d.mtu), dev_set_mtu);
  attribute(cd, "flags", (d) => `0x${d.flags.toString(16)}`, dev_change_flags);
  attribute(cd, "tx_queue_len", (d) => String(d.tx_queue_len), change_tx_queue_len);
  attribute(cd, "weight", (d) => String(d.weight), change_weight);
  if (dev.get_stats !== null) {
    for (const name of statistics) {
      add_internal_file(cd, "statistics", CLASS_DEVICE_ATTR(name, 0o444, show_of(print_counter(name)), null));
    }
  }
  cd.registered = true;
  kobject_uevent("add", dev.name);
}

/** Takes the directory away; open files stay (net/core/net-sysfs.c: netdev_unregister_sysfs). */
export function netdev_unregister_sysfs(dev: net_device): void {
  dev.class_dev.registered = false;
  remove_all_files(dev.class_dev);
  kobject_uevent("remove", dev.name);
}

/** free_netdev's half: the registration's reference goes, the last open file may keep the memory. */
export function netdev_drop_sysfs(dev: net_device): void {
  class_device_put(dev.class_dev);
}

/** The last user is gone (net/core/net-sysfs.c: netdev_release). */
function netdev_release(dev: net_device): void {
  BUG_ON(dev.reg_state !== NETREG_RELEASED);
  netdev_free(dev);
}

/** Gives the memory of a device back: the device, its private area, and the locks and timers in them. */
export function netdev_free(dev: net_device): void {
  if (dev.reg_state === NETREG_UNINITIALIZED) dev.reg_state = NETREG_RELEASED;
  emit({ type: "netdev-released", device: dev });
  const private_area = dev.netdev_private;
  if (!dev.allocated) return;
  if (typeof private_area === "object" && private_area !== null) memory_release(private_area, "free_netdev");
  memory_release(dev, "free_netdev");
}
