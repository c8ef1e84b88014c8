/** Carrier changes, brought to keventd (net/core/link_watch.c). */

import { WARN_ON } from "../../kernel/panic.ts";
import { kernel_spinlock, spin_lock_irqsave, spin_unlock_irqrestore } from "../../kernel/spinlock.ts";
import { HZ, jiffies } from "../../kernel/tick.ts";
import {
  init_kernel_work,
  schedule_delayed_work,
  schedule_work,
  work_struct,
} from "../../kernel/workqueue.ts";
import { bitmap_t, clear_bit, test_and_set_bit } from "../../lib/bitops.ts";
import { noop_qdisc } from "../sched/qdisc.ts";
import { dev_activate, dev_deactivate } from "../sched/sch_generic.ts";
import { netdev_state_change } from "./dev_open.ts";
import { dev_hold, dev_put } from "./dev_refs.ts";
import { IFF_UP } from "./if.ts";
import type { net_device } from "./net_device.ts";
import { __LINK_STATE_LINKWATCH_PENDING } from "./netdev_constants.ts";
import { netif_carrier_ok } from "./netif.ts";
import { rtnl_lock, rtnl_unlock } from "./rtnl.ts";

const LW_RUNNING = 0;
const linkwatch_flags = new bitmap_t();
const linkwatch_work = new work_struct();
const lweventlist_lock = kernel_spinlock("lweventlist_lock");
let linkwatch_nextevent = 0;
let lweventlist: net_device[] = [];

/** Makes the work ready (static in C). */
export function linkwatch_init(): void {
  init_kernel_work(linkwatch_work, linkwatch_event, null);
}

/** Handles what is pending; rtnl held (net/core/link_watch.c: linkwatch_run_queue). */
export function linkwatch_run_queue(): void {
  const flags = spin_lock_irqsave(lweventlist_lock);
  const list = lweventlist;
  lweventlist = [];
  spin_unlock_irqrestore(lweventlist_lock, flags);
  for (const dev of list) linkwatch_do_dev(dev);
}

function linkwatch_do_dev(dev: net_device): void {
  clear_bit(__LINK_STATE_LINKWATCH_PENDING, dev.state);
  if (dev.flags & IFF_UP) {
    if (netif_carrier_ok(dev)) {
      WARN_ON(dev.qdisc_sleeping === noop_qdisc);
      dev_activate(dev);
    } else {
      dev_deactivate(dev);
    }
    netdev_state_change(dev);
  }
  dev_put(dev);
}

/** The work, at most once a second (net/core/link_watch.c: linkwatch_event). */
function linkwatch_event(): void {
  linkwatch_nextevent = jiffies + HZ;
  clear_bit(LW_RUNNING, linkwatch_flags);
  rtnl_lock();
  linkwatch_run_queue();
  rtnl_unlock();
}

/** Notes a carrier change; any context (net/core/link_watch.c: linkwatch_fire_event). */
export function linkwatch_fire_event(dev: net_device): void {
  if (test_and_set_bit(__LINK_STATE_LINKWATCH_PENDING, dev.state)) return;
  dev_hold(dev);
  const flags = spin_lock_irqsave(lweventlist_lock);
  lweventlist.push(dev);
  spin_unlock_irqrestore(lweventlist_lock, flags);
  if (test_and_set_bit(LW_RUNNING, linkwatch_flags)) return;
  const delay = linkwatch_nextevent - jiffies;
  if (delay <= 0) schedule_work(linkwatch_work);
  else schedule_delayed_work(linkwatch_work, delay);
}
