/** State of a device and its transmit queue (include/linux/netdevice.h, net/sched/sch_generic.c). */
import { emit, point } from "machine";
import { local_irq_restore, local_irq_save } from "../../kernel/irqflags.ts";
import { NET_TX_SOFTIRQ, raise_softirq_irqoff } from "../../kernel/softirq.ts";
import { spin_lock_bh, spin_unlock_bh } from "../../kernel/spinlock.ts";
import { clear_bit, set_bit, test_and_clear_bit, test_and_set_bit, test_bit } from "../../lib/bitops.ts";
import { __netdev_watchdog_up } from "../sched/watchdog.ts";
import { linkwatch_fire_event } from "./link_watch.ts";
import { need_dev, type net_device } from "./net_device.ts";
import {
  __LINK_STATE_NOCARRIER,
  __LINK_STATE_PRESENT,
  __LINK_STATE_SCHED,
  __LINK_STATE_START,
  __LINK_STATE_XOFF,
  NETIF_MSG_DRV,
  NETIF_MSG_HW,
  NETIF_MSG_IFDOWN,
  NETIF_MSG_IFUP,
  NETIF_MSG_INTR,
  NETIF_MSG_LINK,
  NETIF_MSG_PKTDATA,
  NETIF_MSG_PROBE,
  NETIF_MSG_RX_ERR,
  NETIF_MSG_RX_STATUS,
  NETIF_MSG_TIMER,
  NETIF_MSG_TX_DONE,
  NETIF_MSG_TX_ERR,
  NETIF_MSG_TX_QUEUED,
  NETIF_MSG_WOL,
} from "./netdev_constants.ts";
import { this_softnet } from "./softnet.ts";

/** Puts the device on this CPU's list for NET_TX, unless it is on one. @context any. Linux include/linux/netdevice.h: __netif_schedule */
export function __netif_schedule(dev: net_device): void {
  need_dev("__netif_schedule", dev);
  if (test_and_set_bit(__LINK_STATE_SCHED, dev.state)) return;
  const flags = local_irq_save();
  const sd = this_softnet();
  dev.next_sched = sd.output_queue;
  sd.output_queue = dev;
  raise_softirq_irqoff(NET_TX_SOFTIRQ);
  local_irq_restore(flags);
}

/** {@link __netif_schedule} unless the queue is stopped. @context any. Linux include/linux/netdevice.h: netif_schedule */
export function netif_schedule(dev: net_device): void {
  need_dev("netif_schedule", dev);
  if (!test_bit(__LINK_STATE_XOFF, dev.state)) __netif_schedule(dev);
}

/**
 * Lets the core call hard_start_xmit. Does not look at packets that wait already: use it in open.
 * @context any. Linux include/linux/netdevice.h: netif_start_queue
 */
export function netif_start_queue(dev: net_device): void {
  need_dev("netif_start_queue", dev);
  point();
  const wasStopped = !!test_bit(__LINK_STATE_XOFF, dev.state);
  emit({ type: "queue-started", device: dev, wasStopped });
  clear_bit(__LINK_STATE_XOFF, dev.state);
}

/**
 * Lets the core call hard_start_xmit again and sends what waits: use it when there is room again.
 * @context any. Linux include/linux/netdevice.h: netif_wake_queue
 */
export function netif_wake_queue(dev: net_device): void {
  need_dev("netif_wake_queue", dev);
  const wasStopped = !!test_and_clear_bit(__LINK_STATE_XOFF, dev.state);
  emit({ type: "queue-woken", device: dev, wasStopped });
  if (wasStopped) __netif_schedule(dev);
}

/**
 * Keeps the core from calling hard_start_xmit: use it when the next packet might not fit.
 * @context any. Linux include/linux/netdevice.h: netif_stop_queue
 */
export function netif_stop_queue(dev: net_device): void {
  need_dev("netif_stop_queue", dev);
  point();
  const wasStopped = !!test_bit(__LINK_STATE_XOFF, dev.state);
  emit({ type: "queue-stopped", device: dev, wasStopped });
  set_bit(__LINK_STATE_XOFF, dev.state);
}

/** Non-zero if the queue is stopped. @context any. Linux include/linux/netdevice.h: netif_queue_stopped */
export function netif_queue_stopped(dev: net_device): number {
  need_dev("netif_queue_stopped", dev);
  return test_bit(__LINK_STATE_XOFF, dev.state) ? 1 : 0;
}

/** Non-zero from before open until before stop. @context any. Linux include/linux/netdevice.h: netif_running */
export function netif_running(dev: net_device): number {
  need_dev("netif_running", dev);
  return test_bit(__LINK_STATE_START, dev.state) ? 1 : 0;
}

/** Non-zero unless detached. @context any. Linux include/linux/netdevice.h: netif_device_present */
export function netif_device_present(dev: net_device): number {
  need_dev("netif_device_present", dev);
  return test_bit(__LINK_STATE_PRESENT, dev.state) ? 1 : 0;
}

/** Marks the device as gone (suspend, unplug) and stops its queue. @context any. Linux include/linux/netdevice.h: netif_device_detach */
export function netif_device_detach(dev: net_device): void {
  need_dev("netif_device_detach", dev);
  if (test_and_clear_bit(__LINK_STATE_PRESENT, dev.state) && netif_running(dev)) netif_stop_queue(dev);
}

/** Undoes {@link netif_device_detach} and wakes the queue. @context any. Linux include/linux/netdevice.h: netif_device_attach */
export function netif_device_attach(dev: net_device): void {
  need_dev("netif_device_attach", dev);
  if (!test_and_set_bit(__LINK_STATE_PRESENT, dev.state) && netif_running(dev)) {
    netif_wake_queue(dev);
    __netdev_watchdog_up(dev);
  }
}

/** Non-zero if the link is up as far as the driver told. @context any. Linux include/linux/netdevice.h: netif_carrier_ok */
export function netif_carrier_ok(dev: net_device): number {
  need_dev("netif_carrier_ok", dev);
  return test_bit(__LINK_STATE_NOCARRIER, dev.state) ? 0 : 1;
}

/** The link came up: keventd will activate the queue. @context any; the caller serialises. Linux include/linux/netdevice.h: netif_carrier_on */
export function netif_carrier_on(dev: net_device): void {
  need_dev("netif_carrier_on", dev);
  if (test_and_clear_bit(__LINK_STATE_NOCARRIER, dev.state)) {
    emit({ type: "carrier", device: dev, on: true });
    linkwatch_fire_event(dev);
  }
  if (netif_running(dev)) __netdev_watchdog_up(dev);
}

/** The link went down: keventd will deactivate the queue. @context any; the caller serialises. Linux include/linux/netdevice.h: netif_carrier_off */
export function netif_carrier_off(dev: net_device): void {
  need_dev("netif_carrier_off", dev);
  if (!test_and_set_bit(__LINK_STATE_NOCARRIER, dev.state)) {
    emit({ type: "carrier", device: dev, on: false });
    linkwatch_fire_event(dev);
  }
}

/**
 * Stops the queue and waits until hard_start_xmit has returned on all CPUs (not with NETIF_F_LLTX): takes xmit_lock.
 * @context process or softirq, interrupts on, xmit_lock not held. Linux include/linux/netdevice.h: netif_tx_disable
 */
export function netif_tx_disable(dev: net_device): void {
  need_dev("netif_tx_disable", dev);
  spin_lock_bh(dev.xmit_lock);
  netif_stop_queue(dev);
  spin_unlock_bh(dev.xmit_lock);
}

/** Message classes from a module parameter: bits if in range, else the default. Linux include/linux/netdevice.h: netif_msg_init */
export function netif_msg_init(debug_value: number, default_msg_enable_bits: number): number {
  if (debug_value < 0 || debug_value >= 32) return default_msg_enable_bits;
  return debug_value === 0 ? 0 : (1 << debug_value) - 1;
}

interface with_messages {
  readonly msg_enable: number;
}

/** Non-zero if `p.msg_enable` has the class drv. Linux include/linux/netdevice.h: netif_msg_drv */
export function netif_msg_drv(p: with_messages): number {
  return p.msg_enable & NETIF_MSG_DRV;
}

/** Non-zero if `p.msg_enable` has the class probe. Linux include/linux/netdevice.h: netif_msg_probe */
export function netif_msg_probe(p: with_messages): number {
  return p.msg_enable & NETIF_MSG_PROBE;
}

/** Non-zero if `p.msg_enable` has the class link. Linux include/linux/netdevice.h: netif_msg_link */
export function netif_msg_link(p: with_messages): number {
  return p.msg_enable & NETIF_MSG_LINK;
}

/** Non-zero if `p.msg_enable` has the class timer. Linux include/linux/netdevice.h: netif_msg_timer */
export function netif_msg_timer(p: with_messages): number {
  return p.msg_enable & NETIF_MSG_TIMER;
}

/** Non-zero if `p.msg_enable` has the class ifdown. Linux include/linux/netdevice.h: netif_msg_ifdown */
export function netif_msg_ifdown(p: with_messages): number {
  return p.msg_enable & NETIF_MSG_IFDOWN;
}

/** Non-zero if `p.msg_enable` has the class ifup. Linux include/linux/netdevice.h: netif_msg_ifup */
export function netif_msg_ifup(p: with_messages): number {
  return p.msg_enable & NETIF_MSG_IFUP;
}

/** Non-zero if `p.msg_enable` has the class rx_err. Linux include/linux/netdevice.h: netif_msg_rx_err */
export function netif_msg_rx_err(p: with_messages): number {
  return p.msg_enable & NETIF_MSG_RX_ERR;
}

/** Non-zero if `p.msg_enable` has the class tx_err. Linux include/linux/netdevice.h: netif_msg_tx_err */
export function netif_msg_tx_err(p: with_messages): number {
  return p.msg_enable & NETIF_MSG_TX_ERR;
}

/** Non-zero if `p.msg_enable` has the class tx_queued. Linux include/linux/netdevice.h: netif_msg_tx_queued */
export function netif_msg_tx_queued(p: with_messages): number {
  return p.msg_enable & NETIF_MSG_TX_QUEUED;
}

/** Non-zero if `p.msg_enable` has the class intr. Linux include/linux/netdevice.h: netif_msg_intr */
export function netif_msg_intr(p: with_messages): number {
  return p.msg_enable & NETIF_MSG_INTR;
}

/** Non-zero if `p.msg_enable` has the class tx_done. Linux include/linux/netdevice.h: netif_msg_tx_done */
export function netif_msg_tx_done(p: with_messages): number {
  return p.msg_enable & NETIF_MSG_TX_DONE;
}

/** Non-zero if `p.msg_enable` has the class rx_status. Linux include/linux/netdevice.h: netif_msg_rx_status */
export function netif_msg_rx_status(p: with_messages): number {
  return p.msg_enable & NETIF_MSG_RX_STATUS;
}

/** Non-zero if `p.msg_enable` has the class pktdata. Linux include/linux/netdevice.h: netif_msg_pktdata */
export function netif_msg_pktdata(p: with_messages): number {
  return p.msg_enable & NETIF_MSG_PKTDATA;
}

/** Non-zero if `p.msg_enable` has the class hw. Linux include/linux/netdevice.h: netif_msg_hw */
export function netif_msg_hw(p: with_messages): number {
  return p.msg_enable & NETIF_MSG_HW;
}

/** Non-zero if `p.msg_enable` has the class wol. Linux include/linux/netdevice.h: netif_msg_wol */
export function netif_msg_wol(p: with_messages): number {
  return p.msg_enable & NETIF_MSG_WOL;
}
