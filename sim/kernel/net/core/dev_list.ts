/** The list of registered devices and their names (net/core/dev.c). */

import { check_arg } from "../../kernel/misuse.ts";
import { kernel_rwlock, read_lock, read_unlock } from "../../kernel/rwlock.ts";
import { EEXIST, EINVAL, ENFILE } from "../../lib/errno.ts";
import { dev_hold } from "./dev_refs.ts";
import { IFNAMSIZ } from "./if.ts";
import { need_dev, type net_device } from "./net_device.ts";

/**
 * Guards the list of devices: readers take read_lock, writers write_lock_bh (and rtnl).
 * Linux net/core/dev.c: dev_base_lock
 */
export const dev_base_lock = kernel_rwlock("dev_base_lock");

let dev_base: net_device | null = null;
let ifindex = 0;

/** First device of the list; the next is `dev.next`. Hold dev_base_lock or rtnl. Linux net/core/dev.c: dev_base */
export function first_netdev(): net_device | null {
  return dev_base;
}

/** Appends a device (write_lock on dev_base_lock held). */
export function list_netdevice(dev: net_device): void {
  dev.next = null;
  if (dev_base === null) {
    dev_base = dev;
    return;
  }
  let last = dev_base;
  while (last.next !== null) last = last.next;
  last.next = dev;
}

/** Takes a device off the list (write_lock on dev_base_lock held); false if it was not on it. */
export function unlist_netdevice(dev: net_device): boolean {
  let before: net_device | null = null;
  for (let d = dev_base; d !== null; d = d.next) {
    if (d === dev) {
      if (before === null) dev_base = d.next;
      else before.next = d.next;
      return true;
    }
    before = d;
  }
  return false;
}

/** The device of that name, or null. @context hold rtnl or dev_base_lock. Linux net/core/dev.c: __dev_get_by_name */
export function __dev_get_by_name(name: string): net_device | null {
  check_arg("__dev_get_by_name", "name", name, "string");
  for (let d = dev_base; d !== null; d = d.next) if (d.name === name) return d;
  return null;
}

/** The device of that name with a reference for you, or null. @context any. Linux net/core/dev.c: dev_get_by_name */
export function dev_get_by_name(name: string): net_device | null {
  read_lock(dev_base_lock);
  const dev = __dev_get_by_name(name);
  if (dev !== null) dev_hold(dev);
  read_unlock(dev_base_lock);
  return dev;
}

/** The device of that index, or null. @context hold rtnl or dev_base_lock. Linux net/core/dev.c: __dev_get_by_index */
export function __dev_get_by_index(index: number): net_device | null {
  for (let d = dev_base; d !== null; d = d.next) if (d.ifindex === index) return d;
  return null;
}

/** The device of that index with a reference for you, or null. @context any. Linux net/core/dev.c: dev_get_by_index */
export function dev_get_by_index(index: number): net_device | null {
  read_lock(dev_base_lock);
  const dev = __dev_get_by_index(index);
  if (dev !== null) dev_hold(dev);
  read_unlock(dev_base_lock);
  return dev;
}

/** The next free interface index (net/core/dev.c: dev_new_index). */
export function dev_new_index(): number {
  for (;;) {
    ifindex++;
    if (__dev_get_by_index(ifindex) === null) return ifindex;
  }
}

/** True if a name may be that of a device (net/core/dev.c: dev_valid_name). */
export function dev_valid_name(name: string): boolean {
  return name !== "" && name !== "." && name !== ".." && !name.includes("/") && name.length < IFNAMSIZ;
}

/**
 * Finds the lowest free number for a pattern such as "eth%d" and names the device so.
 * @returns the number, or -EINVAL (bad pattern), -ENFILE (all taken)
 * @context rtnl held. Linux net/core/dev.c: dev_alloc_name
 */
export function dev_alloc_name(dev: net_device, name: string): number {
  need_dev("dev_alloc_name", dev);
  check_arg("dev_alloc_name", "name", name, "string");
  const percent = name.indexOf("%");
  if (percent >= 0 && (name[percent + 1] !== "d" || name.indexOf("%", percent + 1) >= 0)) return -EINVAL;
  for (let i = 0; i < 100; i++) {
    const candidate = name.replace("%d", String(i));
    if (__dev_get_by_name(candidate) !== null) continue;
    dev.name = candidate;
    return i;
  }
  return -ENFILE;
}

/** 0 if the name is free and good, else -EINVAL or -EEXIST. */
export function check_name(name: string, dev: net_device): number {
  if (!dev_valid_name(name)) return -EINVAL;
  const other = __dev_get_by_name(name);
  return other !== null && other !== dev ? -EEXIST : 0;
}
