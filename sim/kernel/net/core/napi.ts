/** Polling, 2.6 style (include/linux/netdevice.h, net/core/dev.c: __netif_rx_schedule). */
import { current_context, emit, point } from "machine";
import { local_irq_restore, local_irq_save } from "../../kernel/irqflags.ts";
import { emit_misuse } from "../../kernel/misuse.ts";
import { BUG } from "../../kernel/panic.ts";
import { in_irq } from "../../kernel/preempt.ts";
import { __might_sleep } from "../../kernel/sched.ts";
import { msleep, schedule_timeout_interruptible } from "../../kernel/schedule-timeout.ts";
import { __raise_softirq_irqoff, NET_RX_SOFTIRQ } from "../../kernel/softirq.ts";
import { HZ } from "../../kernel/tick.ts";
import { DECLARE_WAIT_QUEUE_HEAD, wait_event, wake_up } from "../../kernel/wait.ts";
import { clear_bit, test_and_set_bit, test_bit } from "../../lib/bitops.ts";
import { dev_hold } from "./dev_refs.ts";
import { need_dev, type net_device } from "./net_device.ts";
import { __LINK_STATE_RX_SCHED, __LINK_STATE_START } from "./netdev_constants.ts";
import { netif_running } from "./netif.ts";
import { type softnet_data, softnet_of, this_softnet } from "./softnet.ts";

/** Claims the right to schedule polling: 1 if it was not scheduled. Does not look whether the device runs. @context any. Linux include/linux/netdevice.h: __netif_rx_schedule_prep */
export function __netif_rx_schedule_prep(dev: net_device): number {
  need_dev("__netif_rx_schedule_prep", dev);
  if (test_and_set_bit(__LINK_STATE_RX_SCHED, dev.state)) return 0;
  dev.poll_claim = current_context();
  return 1;
}

/** netif_running() without a scheduling point. */
function runs(dev: net_device): boolean {
  return ((dev.state.words[0]! >>> __LINK_STATE_START) & 1) !== 0;
}

/**
 * Claims the right to schedule polling: 1 if the device runs and was not scheduled; then the caller must call __netif_rx_schedule.
 * Unlike Linux's, the test and the claim are one step: no device is claimed that dev_close has found idle in between.
 * @context any. Linux include/linux/netdevice.h: netif_rx_schedule_prep
 */
export function netif_rx_schedule_prep(dev: net_device): number {
  need_dev("netif_rx_schedule_prep", dev);
  if (!netif_running(dev) || !__netif_rx_schedule_prep(dev)) return 0;
  if (runs(dev)) return 1;
  dev.poll_claim = null;
  dev.state.words[0] = (dev.state.words[0]! & ~(1 << __LINK_STATE_RX_SCHED)) >>> 0;
  return 0;
}

/** True in the device's own poll on this CPU, not in an interrupt on top of it. */
function in_poll(dev: net_device, sd: softnet_data): boolean {
  return sd.polling === dev && !in_irq();
}

function tell_scheduled(dev: net_device, sd: softnet_data, wasScheduled: boolean): void {
  const inPoll = in_poll(dev, sd);
  dev.poll_schedules++;
  dev.poll_claim = null;
  emit({ type: "poll-scheduled", device: dev, wasScheduled, inPoll });
}

/**
 * Puts the device on this CPU's poll list; only after netif_rx_schedule_prep returned 1.
 * @context interrupt or softirq, or with bottom halves off. Linux net/core/dev.c: __netif_rx_schedule
 */
export function __netif_rx_schedule(dev: net_device): void {
  need_dev("__netif_rx_schedule", dev);
  const flags = local_irq_save();
  const sd = this_softnet();
  const wasScheduled = dev.poll_list !== null;
  tell_scheduled(dev, sd, wasScheduled);
  dev_hold(dev);
  // Adding a list node twice would wreck both lists; here it moves.
  if (wasScheduled) poll_list_del(dev);
  poll_list_add_tail(dev, sd.cpu);
  if (dev.quota < 0) dev.quota += dev.weight;
  else dev.quota = dev.weight;
  __raise_softirq_irqoff(NET_RX_SOFTIRQ);
  local_irq_restore(flags);
}

/** Schedules polling unless it is scheduled. @context interrupt or softirq, or with bottom halves off. Linux include/linux/netdevice.h: netif_rx_schedule */
export function netif_rx_schedule(dev: net_device): void {
  need_dev("netif_rx_schedule", dev);
  if (netif_rx_schedule_prep(dev)) __netif_rx_schedule(dev);
}

/** Schedules polling again after netif_rx_complete, from poll: 1 if it was not scheduled. `undo` packets go back to the quota. Linux include/linux/netdevice.h: netif_rx_reschedule */
export function netif_rx_reschedule(dev: net_device, undo: number): number {
  need_dev("netif_rx_reschedule", dev);
  if (!netif_rx_schedule_prep(dev)) return 0;
  const flags = local_irq_save();
  const sd = this_softnet();
  tell_scheduled(dev, sd, dev.poll_list !== null);
  // the reference of this round of polling goes on: poll returns 1
  if (in_poll(dev, sd)) sd.completed = false;
  dev.quota += undo;
  poll_list_add_tail(dev, sd.cpu);
  __raise_softirq_irqoff(NET_RX_SOFTIRQ);
  local_irq_restore(flags);
  return 1;
}

function complete(fn: string, dev: net_device): void {
  need_dev(fn, dev);
  const wasScheduled = !!test_bit(__LINK_STATE_RX_SCHED, dev.state);
  const sd = this_softnet();
  const inPoll = in_poll(dev, sd);
  if (inPoll) {
    sd.completed = true;
    sd.quota_at_complete = dev.quota;
  }
  emit({ type: "poll-completed", device: dev, wasScheduled, inPoll });
  if (!wasScheduled) BUG();
  poll_list_del(dev);
  free_poll(dev);
}

/** Takes the device off the poll list: nothing is left to do. Only from poll, which then returns 0. @context poll. Linux include/linux/netdevice.h: netif_rx_complete */
export function netif_rx_complete(dev: net_device): void {
  const flags = local_irq_save();
  complete("netif_rx_complete", dev);
  local_irq_restore(flags);
}

/** {@link netif_rx_complete} for a caller that has interrupts off. @context poll, interrupts off. Linux include/linux/netdevice.h: __netif_rx_complete */
export function __netif_rx_complete(dev: net_device): void {
  complete("__netif_rx_complete", dev);
}

/**
 * Waits until polling has ended and keeps it from being scheduled until netif_poll_enable.
 * @context process; sleeps while the device is scheduled. Linux include/linux/netdevice.h: netif_poll_disable
 */
export function netif_poll_disable(dev: net_device): void {
  need_dev("netif_poll_disable", dev);
  __might_sleep("netif_poll_disable");
  emit({ type: "wait-for", fn: "netif_poll_disable", what: "poll", id: dev.id });
  const claim = () => !test_and_set_bit(__LINK_STATE_RX_SCHED, dev.state);
  wait_until(dev, claim, () => schedule_timeout_interruptible(1));
  dev.poll_disabled++;
}

/** @internal Waits until the device's poll is neither scheduled nor disabled, as dev_close does. Process context, sleeps. */
export function wait_for_polling(dev: net_device): void {
  const free = () => !test_bit(__LINK_STATE_RX_SCHED, dev.state);
  wait_until(dev, free, () => msleep(1));
}

/** Looks again and again, as Linux does; after a while it waits to be woken, so that a run sees when nobody will do so. */
function wait_until(dev: net_device, free: () => boolean, sleep: () => void): void {
  for (let looks = 0; looks < HZ; looks++) {
    if (free()) return;
    sleep();
  }
  poll_freed.name = `the end of polling ${dev.name}`;
  waiting++;
  wait_event(poll_freed, free);
  waiting--;
}

const poll_freed = DECLARE_WAIT_QUEUE_HEAD();
let waiting = 0;

function free_poll(dev: net_device): void {
  clear_bit(__LINK_STATE_RX_SCHED, dev.state);
  if (waiting > 0) wake_up(poll_freed);
}

/**
 * Allows polling again. Each call undoes one netif_poll_disable, or gives back what netif_rx_schedule_prep has just claimed.
 * @context any. Linux include/linux/netdevice.h: netif_poll_enable
 */
export function netif_poll_enable(dev: net_device): void {
  need_dev("netif_poll_enable", dev);
  point();
  if (dev.poll_disabled > 0) dev.poll_disabled--;
  else if (test_bit(__LINK_STATE_RX_SCHED, dev.state) && dev.poll_claim !== current_context()) {
    emit_misuse(
      "netif_poll_enable",
      `netif_poll_enable(${dev.name}) without netif_poll_disable ends a poll that is scheduled`,
      "napi-poll-disable",
    );
  }
  dev.poll_claim = null;
  free_poll(dev);
}

/** @internal Appends a device to a CPU's list; interrupts off. */
export function poll_list_add_tail(dev: net_device, cpu: number): void {
  const sd = softnet_of(cpu);
  sd.poll_list.push(dev);
  dev.poll_list = sd;
}

/** @internal Takes a device off whatever list it is on. */
export function poll_list_del(dev: net_device): void {
  if (dev.poll_list === null) return;
  const list = softnet_of(dev.poll_list.cpu).poll_list;
  const at = list.indexOf(dev);
  if (at >= 0) list.splice(at, 1);
  dev.poll_list = null;
}
