// Two devices joined back to back; an LLTX transmit path, locks in an array, a lock that is taken if asked for, unwinding with finally.

import { stats } from "lab/workload";
import { ENOMEM, ENOTCONN } from "linux/errno";
import { eth_type_trans } from "linux/etherdevice";
import { module_exit, module_init } from "linux/init";
import { jiffies } from "linux/jiffies";
import {
  alloc_netdev,
  dev_alloc_skb,
  ether_setup,
  free_netdev,
  kfree_skb,
  NET_RX_DROP,
  NETDEV_TX_BUSY,
  NETDEV_TX_LOCKED,
  NETDEV_TX_OK,
  NETIF_F_LLTX,
  type net_device,
  net_device_stats,
  netdev_priv,
  netif_running,
  netif_rx,
  netif_start_queue,
  netif_stop_queue,
  netif_wake_queue,
  register_netdev,
  type sk_buff,
  tasklet_disable,
  tasklet_enable,
  tasklet_init,
  tasklet_kill,
  tasklet_schedule,
  tasklet_struct,
  unregister_netdev,
  unregister_netdevice,
} from "linux/netdevice";
import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink";
import {
  local_bh_disable,
  local_bh_enable,
  read_lock,
  read_unlock,
  rwlock_init,
  rwlock_t,
  spin_lock,
  spin_lock_bh,
  spin_lock_init,
  spin_trylock,
  spin_unlock,
  spin_unlock_bh,
  spinlock_t,
  write_lock,
  write_lock_bh,
  write_unlock,
  write_unlock_bh,
} from "linux/spinlock";
import { flush_scheduled_work, INIT_WORK, schedule_work, work_struct } from "linux/workqueue";

const QUEUES = 2;
const DEPTH = 32;

class queue {
  lock = new spinlock_t();
  list: (sk_buff | null)[] = [];
  count = 0;
}

class end {
  peer: net_device | null = null;
  queues: queue[] = [];
  bell = new tasklet_struct();
  poller = new work_struct();
  stats = new net_device_stats();
  table = new rwlock_t();
  routes = 0;
}

const ends: (net_device | null)[] = [null, null];

const ends_of = (dev: net_device): end => netdev_priv<end>(dev);

/** Counts what waits; `locked` tells that the caller holds the lock. */
function waiting(q: queue, locked: boolean): number {
  if (!locked) spin_lock_bh(q.lock);
  const n = q.count;
  // wrong lock-leak:
  if (!locked) spin_unlock_bh(q.lock);
  return n;
}

function pick(e: end, skb: sk_buff): queue {
  switch (skb.len & 1) {
    case 0:
      return e.queues[0]!;
    default:
      return e.queues[1]!;
  }
}

function pair_xmit(skb: sk_buff, dev: net_device): number {
  const e = ends_of(dev);
  const q = pick(e, skb);
  // wrong lock-trylock,?txq-lltx-self-lock,?lock-unlock-unheld,?lock-owner: spin_trylock(q.lock);
  // wrong lock-unlock-unheld,?txq-lltx-self-lock,?lock-trylock,?lock-owner,?skb-leak-tx:
  if (!spin_trylock(q.lock)) return NETDEV_TX_LOCKED;
  let result = NETDEV_TX_OK;
  try {
    if (q.count >= DEPTH) {
      // wrong txq-busy-nostop:
      netif_stop_queue(dev);
      result = NETDEV_TX_BUSY;
    } else {
      q.list[q.count++] = skb;
      dev.trans_start = jiffies;
    }
  } finally {
    // wrong lock-leak:
    spin_unlock(q.lock);
  }
  if (result === NETDEV_TX_OK) tasklet_schedule(e.bell);
  return result;
}

function take(q: queue): sk_buff | null {
  let skb: sk_buff | null = null;
  spin_lock(q.lock);
  // wrong lock-recursion: if (waiting(q, false) > 0) skb = q.list[--q.count]!;
  if (waiting(q, true) > 0) skb = q.list[--q.count]!;
  spin_unlock(q.lock);
  return skb;
}

function deliver(peer: net_device, skb: sk_buff): void {
  skb.dev = peer;
  skb.protocol = eth_type_trans(skb, peer);
  // wrong skb-free-on-rx-drop: if (netif_rx(skb) === NET_RX_DROP) kfree_skb(skb);
  if (netif_rx(skb) === NET_RX_DROP) ends_of(peer).stats.rx_dropped++;
}

function bell(dev: net_device): void {
  const e = ends_of(dev);
  // wrong+ task-disable-self,?ctx-tasklet-kill,?ctx-sleep-atomic: tasklet_kill(e.bell);
  for (const q of e.queues) {
    for (let skb = take(q); skb !== null; skb = take(q)) deliver(e.peer!, skb);
  }
  read_lock(e.table);
  const routes = e.routes;
  // wrong+ lock-rw-upgrade: write_lock(e.table); write_unlock(e.table);
  read_unlock(e.table);
  if (routes >= 0 && netif_running(dev)) netif_wake_queue(dev);
}

function poller(dev: net_device): void {
  const e = ends_of(dev);
  // wrong lock-bh-self,?lock-variant: local_bh_disable(); local_bh_enable(); write_lock(e.table);
  write_lock_bh(e.table);
  e.routes++;
  write_unlock_bh(e.table);
  // wrong lock-bh-self: spin_lock(e.queues[0]!.lock); spin_unlock(e.queues[0]!.lock);
  waiting(e.queues[0]!, false);
  // wrong+ ctx-netif-rx-process,?life-null-alloc,?skb-dev-proto: netif_rx(dev_alloc_skb(64)!);
}

function pair_open(dev: net_device): number {
  const e = ends_of(dev);
  if (!e.peer) return -ENOTCONN;
  netif_start_queue(dev);
  schedule_work(e.poller);
  return 0;
}

function pair_stop(dev: net_device): number {
  const e = ends_of(dev);
  netif_stop_queue(dev);
  tasklet_disable(e.bell);
  for (const q of e.queues) {
    spin_lock_bh(q.lock);
    while (q.count > 0) {
      const skb = q.list[--q.count]!;
      // wrong skb-uaf: kfree_skb(skb); e.stats.tx_bytes += skb.len;
      kfree_skb(skb);
    }
    spin_unlock_bh(q.lock);
  }
  // wrong task-enable-balance:
  tasklet_enable(e.bell);
  return 0;
}

function pair_setup(dev: net_device): void {
  ether_setup(dev);
  dev.open = pair_open;
  dev.stop = pair_stop;
  dev.hard_start_xmit = pair_xmit;
  // wrong txq-locked-no-lltx:
  dev.features |= NETIF_F_LLTX;
  dev.get_stats = (d: net_device) => ends_of(d).stats;
}

function pair_make(): net_device | null {
  const dev = alloc_netdev(end, "pair%d", pair_setup);
  if (!dev) return null;
  const e = ends_of(dev);
  for (let i = 0; i < QUEUES; i++) {
    const q = new queue();
    // wrong lock-uninit:
    spin_lock_init(q.lock);
    e.queues.push(q);
  }
  rwlock_init(e.table);
  tasklet_init(e.bell, bell, dev);
  INIT_WORK(e.poller, poller, dev);
  return dev;
}

function pair_destroy(dev: net_device): void {
  tasklet_kill(ends_of(dev).bell);
  // wrong work-pending-free:
  flush_scheduled_work();
  free_netdev(dev);
}

function pair_init(): number {
  const a = pair_make();
  if (!a) return -ENOMEM;
  const b = pair_make();
  if (!b) {
    pair_destroy(a);
    return -ENOMEM;
  }
  ends_of(a).peer = b;
  ends_of(b).peer = a;
  let err = register_netdev(a);
  if (!err) {
    err = register_netdev(b);
    if (err) unregister_netdev(a);
  }
  if (err) {
    pair_destroy(a);
    pair_destroy(b);
    return err;
  }
  ends[0] = a;
  ends[1] = b;
  return 0;
}

function pair_exit(): void {
  rtnl_lock();
  for (const dev of ends) unregister_netdevice(dev!);
  // wrong+ life-reg-rtnl,rtnl-recursion: unregister_netdev(ends[0]!);
  rtnl_unlock();
  for (const dev of ends) pair_destroy(dev!);
}

module_init(pair_init);
module_exit(pair_exit);
