/* A work walks the list of groups as if nobody changed it: wrong. */
// @lab workload=./joins.ts
// @expect mc-walk ?lock-data-race ?mc-count

import { ENOMEM } from "linux/errno";
import { jiffies } from "linux/jiffies";
import { type net_device, netdev_priv, netif_start_queue, netif_stop_queue } from "linux/netdevice";
import {
  create_singlethread_workqueue,
  destroy_workqueue,
  flush_workqueue,
  INIT_WORK,
  queue_work,
  work_struct,
  type workqueue_struct,
} from "linux/workqueue";
import { software_driver, sw_priv } from "../lib/software-device.ts";

const LOOKS = 8;

class groups_priv extends sw_priv {
  queue: workqueue_struct | null = null;
  work = new work_struct();
  /** What the groups hash to. */
  filter = 0;
  up = false;
  /** Looks that are left until the next change. */
  left = 0;
}

function hash(address: Uint8Array): number {
  let sum = 0;
  for (const byte of address) sum = (sum * 31 + byte) & 31;
  return 1 << sum;
}

function rebuild(dev: net_device): void {
  const p = netdev_priv<groups_priv>(dev);
  let filter = 0;
  for (let m = dev.mc_list; m !== null; m = m.next) filter |= hash(m.dmi_addr);
  p.filter = filter;
  if (p.up && p.left-- > 0) queue_work(p.queue!, p.work);
}

function groups_open(dev: net_device): number {
  const p = netdev_priv<groups_priv>(dev);
  p.up = true;
  dev.trans_start = jiffies;
  queue_work(p.queue!, p.work);
  netif_start_queue(dev);
  return 0;
}

function groups_stop(dev: net_device): number {
  netif_stop_queue(dev);
  const p = netdev_priv<groups_priv>(dev);
  p.up = false;
  flush_workqueue(p.queue!);
  return 0;
}

/* The list has changed: the filter is built again, and again, until all has settled. */
function groups_changed(dev: net_device): void {
  const p = netdev_priv<groups_priv>(dev);
  p.left = LOOKS;
  if (p.up) queue_work(p.queue!, p.work);
}

function groups_setup(dev: net_device): number {
  const p = netdev_priv<groups_priv>(dev);
  INIT_WORK(p.work, rebuild, dev);
  p.queue = create_singlethread_workqueue("groups");
  return p.queue ? 0 : -ENOMEM;
}

software_driver({
  priv: groups_priv,
  setup: groups_setup,
  cleanup: (dev) => destroy_workqueue(netdev_priv<groups_priv>(dev).queue!),
  callbacks: { open: groups_open, stop: groups_stop, set_multicast_list: groups_changed },
});
