/** What registering and unregistering leave to be done without rtnl (net/core/dev.c: netdev_run_todo). */
import { driver_call, emit } from "machine";
import { BUG_ON } from "../../kernel/panic.ts";
import { KERN_EMERG, KERN_ERR, printk } from "../../kernel/printk.ts";
import { msleep } from "../../kernel/schedule-timeout.ts";
import { __down_as, __sema_init, semaphore, up } from "../../kernel/semaphore.ts";
import { kernel_spinlock, spin_lock, spin_unlock } from "../../kernel/spinlock.ts";
import { HZ, jiffies } from "../../kernel/tick.ts";
import { atomic_read } from "../../lib/atomic.ts";
import { test_bit } from "../../lib/bitops.ts";
import { time_after } from "../../lib/jiffies.ts";
import { wait_for_references } from "./dev_refs.ts";
import { linkwatch_run_queue } from "./link_watch.ts";
import type { net_device } from "./net_device.ts";
import { netdev_register_sysfs, netdev_unregister_sysfs } from "./net-sysfs.ts";
import {
  __LINK_STATE_LINKWATCH_PENDING,
  NETDEV_UNREGISTER,
  NETREG_REGISTERED,
  NETREG_REGISTERING,
  NETREG_UNREGISTERED,
  NETREG_UNREGISTERING,
} from "./netdev_constants.ts";
import { call_netdevice_notifiers } from "./netdev_notifier.ts";
import { rtnl_shlock, rtnl_shunlock } from "./rtnl.ts";

const net_todo_run_mutex = new semaphore();
__sema_init(net_todo_run_mutex, 1, "net_todo_run_mutex", "net_todo_run_mutex");
const net_todo_list_lock = kernel_spinlock("net_todo_list_lock");
let net_todo_list: net_device[] = [];

/** Leaves the rest for rtnl_unlock (net/core/dev.c: net_set_todo). */
export function net_set_todo(dev: net_device): void {
  spin_lock(net_todo_list_lock);
  net_todo_list.push(dev);
  spin_unlock(net_todo_list_lock);
}

/** Completes registrations and unregistrations; rtnl is not held (net/core/dev.c: netdev_run_todo). */
export function netdev_run_todo(): void {
  __down_as("rtnl_unlock", net_todo_run_mutex);
  if (net_todo_list.length > 0) {
    spin_lock(net_todo_list_lock);
    const list = net_todo_list;
    net_todo_list = [];
    spin_unlock(net_todo_list_lock);
    for (const dev of list) run_todo(dev);
  }
  up(net_todo_run_mutex);
}

function run_todo(dev: net_device): void {
  switch (dev.reg_state) {
    case NETREG_REGISTERING:
      netdev_register_sysfs(dev);
      dev.reg_state = NETREG_REGISTERED;
      return;
    case NETREG_UNREGISTERING:
      netdev_unregister_sysfs(dev);
      dev.reg_state = NETREG_UNREGISTERED;
      emit({ type: "netdev-unregistered", device: dev });
      netdev_wait_allrefs(dev);
      BUG_ON(atomic_read(dev.refcnt));
      if (dev.destructor !== null) driver_call("destructor", dev, dev.destructor, dev);
      return;
    default:
      printk(`${KERN_ERR}network todo '${dev.name}' but state ${dev.reg_state}\n`);
  }
}

/** Seconds after which waiting without end is the machine's to find: nobody looks any more, only the last dev_put wakes. */
const PATIENCE_SECONDS = 60;

/** Waits until nobody refers to the device (net/core/dev.c: netdev_wait_allrefs). */
function netdev_wait_allrefs(dev: net_device): void {
  let rebroadcast = jiffies;
  let warning = jiffies;
  let seconds = 0;
  while (atomic_read(dev.refcnt) !== 0) {
    if (time_after(jiffies, rebroadcast + HZ)) {
      rtnl_shlock();
      call_netdevice_notifiers(NETDEV_UNREGISTER, dev);
      if (test_bit(__LINK_STATE_LINKWATCH_PENDING, dev.state)) linkwatch_run_queue();
      rtnl_shunlock();
      rebroadcast = jiffies;
    }
    msleep(250);
    if (!time_after(jiffies, warning + 10 * HZ)) continue;
    const count = atomic_read(dev.refcnt);
    seconds += 10;
    emit({ type: "netdev-wait-refs", device: dev, count, seconds });
    printk(
      `${KERN_EMERG}unregister_netdevice: waiting for ${dev.name} to become free. Usage count = ${count}\n`,
    );
    warning = jiffies;
    if (seconds >= PATIENCE_SECONDS) wait_for_references(dev);
  }
}
