/** The transmit watchdog (net/sched/sch_generic.c: dev_watchdog). */
import { driver_call, emit } from "machine";
import { KERN_INFO, printk } from "../../kernel/printk.ts";
import { spin_lock, spin_lock_bh, spin_unlock, spin_unlock_bh } from "../../kernel/spinlock.ts";
import { HZ, jiffies } from "../../kernel/tick.ts";
import { del_timer, init_kernel_timer, mod_timer } from "../../kernel/timer.ts";
import { time_after } from "../../lib/jiffies.ts";
import { dev_hold, dev_put } from "../core/dev_refs.ts";
import type { net_device } from "../core/net_device.ts";
import { netif_carrier_ok, netif_device_present, netif_queue_stopped, netif_running } from "../core/netif.ts";
import { core_holds_xmit_lock } from "../core/netpoll_info.ts";
import { noop_qdisc } from "./qdisc.ts";

/** Prepares the timer (net/sched/sch_generic.c: dev_watchdog_init). */
export function dev_watchdog_init(dev: net_device): void {
  init_kernel_timer(dev.watchdog_timer, dev_watchdog, dev);
}

function dev_watchdog(dev: net_device): void {
  spin_lock(dev.xmit_lock);
  if (dev.qdisc !== noop_qdisc && netif_device_present(dev) && netif_running(dev) && netif_carrier_ok(dev)) {
    if (netif_queue_stopped(dev) && time_after(jiffies, dev.trans_start + dev.watchdog_timeo)) timed_out(dev);
    if (!mod_timer(dev.watchdog_timer, jiffies + dev.watchdog_timeo)) dev_hold(dev);
  }
  spin_unlock(dev.xmit_lock);
  dev_put(dev);
}

function timed_out(dev: net_device): void {
  core_holds_xmit_lock(dev, true);
  printk(`${KERN_INFO}NETDEV WATCHDOG: ${dev.name}: transmit timed out\n`);
  emit({ type: "tx-timeout", device: dev });
  if (dev.tx_timeout !== null) driver_call("tx_timeout", dev, dev.tx_timeout, dev);
  core_holds_xmit_lock(dev, false);
}

/** Arms the watchdog of a device that has tx_timeout; xmit_lock is held, or nobody else can arm it (net/sched/sch_generic.c: __netdev_watchdog_up). */
export function __netdev_watchdog_up(dev: net_device): void {
  if (dev.tx_timeout === null) return;
  if (dev.watchdog_timeo <= 0) dev.watchdog_timeo = 5 * HZ;
  if (!mod_timer(dev.watchdog_timer, jiffies + dev.watchdog_timeo)) dev_hold(dev);
}

/** Arms the watchdog (net/sched/sch_generic.c: dev_watchdog_up). */
export function dev_watchdog_up(dev: net_device): void {
  spin_lock_bh(dev.xmit_lock);
  __netdev_watchdog_up(dev);
  spin_unlock_bh(dev.xmit_lock);
}

/** Disarms the watchdog; its function may still run elsewhere (net/sched/sch_generic.c: dev_watchdog_down). */
export function dev_watchdog_down(dev: net_device): void {
  spin_lock_bh(dev.xmit_lock);
  if (del_timer(dev.watchdog_timer)) dev_put(dev);
  spin_unlock_bh(dev.xmit_lock);
}
