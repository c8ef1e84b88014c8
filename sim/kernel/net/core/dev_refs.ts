/** References to devices (include/linux/netdevice.h). */
import { emit } from "machine";
import { DECLARE_WAIT_QUEUE_HEAD, wait_event, wake_up } from "../../kernel/wait.ts";
import { atomic_dec, atomic_inc, atomic_read } from "../../lib/atomic.ts";
import { need_dev, type net_device } from "./net_device.ts";

/** Takes a reference: the device stays until dev_put. @context any. Linux include/linux/netdevice.h: dev_hold */
export function dev_hold(dev: net_device): void {
  need_dev("dev_hold", dev);
  atomic_inc(dev.refcnt);
  emit({ type: "netdev-hold", device: dev, count: atomic_count(dev) });
}

/** Gives a reference back. @context any. Linux include/linux/netdevice.h: dev_put */
export function dev_put(dev: net_device): void {
  need_dev("dev_put", dev);
  atomic_dec(dev.refcnt);
  const count = atomic_count(dev);
  emit({ type: "netdev-put", device: dev, count });
  if (count === 0 && waiting) wake_up(last_reference);
}

const last_reference = DECLARE_WAIT_QUEUE_HEAD();
let waiting = false;

/** Sleeps until the last reference is given back. */
export function wait_for_references(dev: net_device): void {
  last_reference.name = `the last reference to ${dev.name}`;
  waiting = true;
  wait_event(last_reference, () => atomic_count(dev) === 0);
  waiting = false;
}

/** {@link dev_put} under its older name. @context any. Linux include/linux/netdevice.h: __dev_put */
export function __dev_put(dev: net_device): void {
  dev_put(dev);
}

function atomic_count(dev: net_device): number {
  return atomic_read(dev.refcnt);
}
