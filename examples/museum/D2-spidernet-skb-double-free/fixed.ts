/*
 * spidernet, 2007, mended: the test stands inside the lock, and a descriptor forgets the packet that was taken from it
 * (re-tells commits d9c199ee781f and 5c8e98fe4742).
 */
// @lab nic=none workload=../workloads/both-cpus-send.ts
// @expect none
import { dev_kfree_skb_any } from "linux/etherdevice";
import { HZ, jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_queue_stopped,
  netif_running,
  netif_start_queue,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_init, spin_lock_irqsave, spin_unlock_irqrestore, spinlock_t } from "linux/spinlock";
import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
import { register_devices, unregister_devices } from "../base/software.ts";

const DESCRIPTORS = 4;

class spider_net_descr {
  skb: sk_buff | null = null;
}

class spider_net_card {
  lock = new spinlock_t();
  chain: spider_net_descr[] = [];
  head = 0;
  tail = 0;
  tx_timer = new timer_list();
  stopping = 0;
}

/* The chip has sent a packet the moment it got it: everything from tail to head can be released. */
function spider_net_release_tx_chain(card: spider_net_card): void {
  for (;;) {
    const flags = spin_lock_irqsave(card.lock);
    if (card.tail === card.head) {
      spin_unlock_irqrestore(card.lock, flags);
      return;
    }
    const descr = card.chain[card.tail]!;
    card.tail = (card.tail + 1) % DESCRIPTORS;
    const skb = descr.skb;
    descr.skb = null;
    spin_unlock_irqrestore(card.lock, flags);
    if (skb !== null) dev_kfree_skb_any(skb);
  }
}

function spider_net_cleanup_tx_ring(data: unknown): void {
  const dev = data as net_device;
  const card = netdev_priv<spider_net_card>(dev);
  spider_net_release_tx_chain(card);
  const flags = spin_lock_irqsave(card.lock);
  if (netif_running(dev) && !card.stopping) {
    if (netif_queue_stopped(dev)) netif_wake_queue(dev);
    mod_timer(card.tx_timer, jiffies + HZ / 125);
  }
  spin_unlock_irqrestore(card.lock, flags);
}

function spider_net_xmit(skb: sk_buff, dev: net_device): number {
  const card = netdev_priv<spider_net_card>(dev);
  spider_net_release_tx_chain(card);
  const flags = spin_lock_irqsave(card.lock);
  const next = (card.head + 1) % DESCRIPTORS;
  if (next === card.tail) {
    netif_stop_queue(dev);
    spin_unlock_irqrestore(card.lock, flags);
    return NETDEV_TX_BUSY;
  }
  card.chain[card.head]!.skb = skb;
  card.head = next;
  dev.trans_start = jiffies;
  spin_unlock_irqrestore(card.lock, flags);
  return NETDEV_TX_OK;
}

function spider_net_open(dev: net_device): number {
  const card = netdev_priv<spider_net_card>(dev);
  card.stopping = 0;
  netif_start_queue(dev);
  mod_timer(card.tx_timer, jiffies + HZ / 125);
  return 0;
}

function spider_net_stop(dev: net_device): number {
  const card = netdev_priv<spider_net_card>(dev);
  netif_stop_queue(dev);
  const flags = spin_lock_irqsave(card.lock);
  card.stopping = 1;
  spin_unlock_irqrestore(card.lock, flags);
  del_timer_sync(card.tx_timer);
  spider_net_release_tx_chain(card);
  return 0;
}

function spider_net_setup(dev: net_device): void {
  const card = netdev_priv<spider_net_card>(dev);
  for (let i = 0; i < DESCRIPTORS; i++) card.chain[i] = new spider_net_descr();
  spin_lock_init(card.lock);
  init_timer(card.tx_timer);
  card.tx_timer.function = spider_net_cleanup_tx_ring;
  card.tx_timer.data = dev;
  dev.open = spider_net_open;
  dev.stop = spider_net_stop;
  dev.hard_start_xmit = spider_net_xmit;
}

const spider_net_driver = { priv: spider_net_card, setup: spider_net_setup };
module_init(() => register_devices(spider_net_driver));
module_exit(() => unregister_devices(spider_net_driver));
