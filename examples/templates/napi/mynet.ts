// @lab workload=smoke nic=none
// A network device that is polled (NAPI): the interrupt only says that there is something, and stays masked until poll
// has taken all of it. What is sent comes back. Set a breakpoint in mynet_poll and press F5.
import { alloc_irq, free_lab_irq, raise_irq } from "lab/irq";
import { ENOMEM } from "linux/errno";
import { alloc_etherdev, eth_type_trans } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED, IRQ_NONE, request_irq } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import { MODULE_LICENSE, module_exit, module_init } from "linux/module";
import {
  __netif_rx_complete,
  __netif_rx_schedule,
  free_netdev,
  NETDEV_TX_OK,
  type net_device,
  net_device_stats,
  netdev_priv,
  netif_queue_stopped,
  netif_receive_skb,
  netif_running,
  netif_rx_schedule_prep,
  netif_start_queue,
  netif_stop_queue,
  netif_wake_queue,
  register_netdev,
  unregister_netdev,
} from "linux/netdevice";
import { dev_kfree_skb, type sk_buff } from "linux/skbuff";
import {
  spin_lock,
  spin_lock_init,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_irqrestore,
  spinlock_t,
} from "linux/spinlock";

/** So many packets fit into the device. */
const RING_SIZE = 8;

/** What the driver keeps for each device; lock protects all of it. */
class mynet_priv {
  lock = new spinlock_t();
  stats = new net_device_stats();
  masked = true; // the device may not interrupt
  ring: sk_buff[] = []; // in the device
}

let mynet_dev: net_device | null = null;

/** Lets the device interrupt again; what came meanwhile is told at once. Called with the lock held. */
function mynet_unmask(dev: net_device, priv: mynet_priv): void {
  priv.masked = false;
  if (priv.ring.length > 0) raise_irq(dev.irq);
}

function mynet_interrupt(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const priv = netdev_priv<mynet_priv>(dev);

  spin_lock(priv.lock);
  if (priv.masked || priv.ring.length === 0) {
    spin_unlock(priv.lock);
    return IRQ_NONE;
  }
  if (netif_rx_schedule_prep(dev)) {
    priv.masked = true; // poll takes the rest
    __netif_rx_schedule(dev);
  }
  spin_unlock(priv.lock);
  return IRQ_HANDLED;
}

/** Softirq context. Takes at most as many packets as the stack allows. */
function mynet_poll(dev: net_device, budget: { v: number }): number {
  const priv = netdev_priv<mynet_priv>(dev);
  const limit = Math.min(budget.v, dev.quota);
  let work = 0;

  while (work < limit) {
    const flags = spin_lock_irqsave(priv.lock);
    const skb = priv.ring.shift();
    if (skb !== undefined) {
      priv.stats.rx_packets++;
      priv.stats.rx_bytes += skb.len;
      dev.last_rx = jiffies;
      if (netif_queue_stopped(dev) && netif_running(dev)) netif_wake_queue(dev);
    }
    spin_unlock_irqrestore(priv.lock, flags);
    if (skb === undefined) break;
    skb.protocol = eth_type_trans(skb, dev);
    netif_receive_skb(skb); // never with a lock held: the answer may be sent at once
    work++;
  }
  budget.v -= work;
  dev.quota -= work;
  if (work === limit) return 1; // there may be more

  const flags = spin_lock_irqsave(priv.lock);
  __netif_rx_complete(dev);
  mynet_unmask(dev, priv);
  spin_unlock_irqrestore(priv.lock, flags);
  return 0;
}

/** Called with the device's xmit_lock held and bottom halves off: never sleep in here. */
function mynet_xmit(skb: sk_buff, dev: net_device): number {
  const priv = netdev_priv<mynet_priv>(dev);

  const flags = spin_lock_irqsave(priv.lock);
  priv.stats.tx_packets++;
  priv.stats.tx_bytes += skb.len;
  priv.ring.push(skb);
  if (priv.ring.length === RING_SIZE) netif_stop_queue(dev); // poll makes room
  dev.trans_start = jiffies;
  if (!priv.masked) raise_irq(dev.irq);
  spin_unlock_irqrestore(priv.lock, flags);
  return NETDEV_TX_OK;
}

/** Process context with rtnl held: here one may sleep. */
function mynet_open(dev: net_device): number {
  const priv = netdev_priv<mynet_priv>(dev);
  const err = request_irq(dev.irq, mynet_interrupt, 0, dev.name, dev);
  if (err) return err;

  const flags = spin_lock_irqsave(priv.lock);
  mynet_unmask(dev, priv);
  spin_unlock_irqrestore(priv.lock, flags);
  netif_start_queue(dev);
  return 0;
}

/** The stack has waited for poll to end; nothing may schedule it any more. */
function mynet_stop(dev: net_device): number {
  const priv = netdev_priv<mynet_priv>(dev);
  netif_stop_queue(dev);

  const flags = spin_lock_irqsave(priv.lock);
  priv.masked = true;
  const left = priv.ring;
  priv.ring = [];
  spin_unlock_irqrestore(priv.lock, flags);

  free_irq(dev.irq, dev); // waits for a handler that is running
  for (const skb of left) dev_kfree_skb(skb);
  return 0;
}

function mynet_get_stats(dev: net_device): net_device_stats {
  return netdev_priv<mynet_priv>(dev).stats;
}

function mynet_init(): number {
  const dev = alloc_etherdev(mynet_priv);
  if (dev === null) return -ENOMEM;
  spin_lock_init(netdev_priv<mynet_priv>(dev).lock);
  dev.dev_addr.set([0x02, 0, 0, 0, 0, 0x01]);
  dev.irq = alloc_irq();
  dev.open = mynet_open;
  dev.stop = mynet_stop;
  dev.hard_start_xmit = mynet_xmit;
  dev.poll = mynet_poll;
  dev.weight = 16;
  dev.get_stats = mynet_get_stats;
  const err = register_netdev(dev);
  if (err) {
    free_lab_irq(dev.irq);
    free_netdev(dev);
    return err;
  }
  mynet_dev = dev;
  return 0;
}

function mynet_exit(): void {
  if (mynet_dev === null) return;
  unregister_netdev(mynet_dev);
  free_lab_irq(mynet_dev.irq);
  free_netdev(mynet_dev);
  mynet_dev = null;
}

module_init(mynet_init);
module_exit(mynet_exit);
MODULE_LICENSE("GPL");
