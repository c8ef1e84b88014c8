/* Looked under the lock. */
// @lab nic=none workload=./two-cleaners.ts races
// @expect none
import { ENOMEM, EOPNOTSUPP } from "linux/errno";
import type { ifreq } from "linux/if";
import { jiffies } from "linux/jiffies";
import { NETDEV_TX_OK, type net_device, netdev_priv, netif_stop_queue } from "linux/netdevice";
import { dev_kfree_skb_any, type sk_buff } from "linux/skbuff";
import { SIOCDEVPRIVATE } from "linux/sockios";
import { spin_lock_bh, spin_lock_init, spin_unlock_bh, spinlock_t } from "linux/spinlock";
import {
  create_workqueue,
  destroy_workqueue,
  flush_workqueue,
  INIT_WORK,
  queue_work,
  work_struct,
  type workqueue_struct,
} from "linux/workqueue";
import { software_driver, sw_priv } from "../lib/software-device.ts";

const SLOTS = 8;

class keep_priv extends sw_priv {
  lock = new spinlock_t();
  queue: workqueue_struct | null = null;
  work = new work_struct();
  kept: (sk_buff | null)[] = [];
  count = 0;
}

function keep_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<keep_priv>(dev);
  spin_lock_bh(p.lock);
  const room = p.count < SLOTS;
  if (room) {
    p.kept[p.count] = skb;
    p.count++;
  }
  spin_unlock_bh(p.lock);
  if (!room) dev_kfree_skb_any(skb);
  dev.trans_start = jiffies;
  queue_work(p.queue!, p.work);
  return NETDEV_TX_OK;
}

/** Frees what is kept; anybody may call it. */
function clean(p: keep_priv): void {
  for (;;) {
    spin_lock_bh(p.lock);
    if (p.count > 0) p.count--;
    const skb = p.kept[p.count] ?? null;
    p.kept[p.count] = null;
    spin_unlock_bh(p.lock);
    if (!skb) return;
    dev_kfree_skb_any(skb);
  }
}

function keep_ioctl(dev: net_device, _ifr: ifreq, cmd: number): number {
  if (cmd !== SIOCDEVPRIVATE) return -EOPNOTSUPP;
  clean(netdev_priv<keep_priv>(dev));
  return 0;
}

function keep_stop(dev: net_device): number {
  const p = netdev_priv<keep_priv>(dev);
  netif_stop_queue(dev);
  flush_workqueue(p.queue!);
  clean(p);
  return 0;
}

software_driver({
  priv: keep_priv,
  setup: (dev) => {
    const p = netdev_priv<keep_priv>(dev);
    spin_lock_init(p.lock);
    INIT_WORK(p.work, clean, p);
    p.queue = create_workqueue("clean");
    return p.queue ? 0 : -ENOMEM;
  },
  cleanup: (dev) => destroy_workqueue(netdev_priv<keep_priv>(dev).queue!),
  callbacks: { hard_start_xmit: keep_xmit, stop: keep_stop, do_ioctl: keep_ioctl },
});
