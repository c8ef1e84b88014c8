// @lab workload=smoke nic=none
// A network device with an interrupt: one packet at a time goes out, the interrupt says that it is gone, and that its
// echo has come in. Set a breakpoint in mynet_interrupt and press F5.
import { alloc_irq, free_lab_irq, raise_irq } from "lab/irq";
import { ENOMEM } from "linux/errno";
import { alloc_etherdev, eth_type_trans } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED, IRQ_NONE, request_irq } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import { MODULE_LICENSE, module_exit, module_init } from "linux/module";
import {
  dev_kfree_skb_irq,
  free_netdev,
  NETDEV_TX_OK,
  type net_device,
  net_device_stats,
  netdev_priv,
  netif_running,
  netif_rx,
  netif_start_queue,
  netif_stop_queue,
  netif_wake_queue,
  register_netdev,
  unregister_netdev,
} from "linux/netdevice";
import { dev_alloc_skb, dev_kfree_skb, NET_IP_ALIGN, type sk_buff, skb_put, skb_reserve } from "linux/skbuff";
import {
  spin_lock,
  spin_lock_init,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_irqrestore,
  spinlock_t,
} from "linux/spinlock";

/** What the driver keeps for each device; lock protects all of it, and the interrupt handler takes it. */
class mynet_priv {
  lock = new spinlock_t();
  stats = new net_device_stats();
  running = false; // the device may interrupt
  sent: sk_buff | null = null; // in the device
}

let mynet_dev: net_device | null = null;

/** What the device received: here, a copy of what it sent. Called with the lock held. */
function mynet_receive(dev: net_device, priv: mynet_priv, sent: sk_buff): void {
  const skb = dev_alloc_skb(sent.len + NET_IP_ALIGN);
  if (skb === null) {
    priv.stats.rx_dropped++;
    return;
  }
  skb_reserve(skb, NET_IP_ALIGN); // the IP header shall be aligned
  skb_put(skb, sent.len).set(sent.data.subarray(0, sent.len));
  skb.dev = dev;
  skb.protocol = eth_type_trans(skb, dev);
  priv.stats.rx_packets++;
  priv.stats.rx_bytes += sent.len;
  dev.last_rx = jiffies;
  netif_rx(skb); // the packet belongs to the stack from here on
}

function mynet_interrupt(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const priv = netdev_priv<mynet_priv>(dev);

  spin_lock(priv.lock);
  const sent = priv.running ? priv.sent : null;
  if (sent === null) {
    spin_unlock(priv.lock);
    return IRQ_NONE;
  }
  priv.sent = null;
  priv.stats.tx_packets++;
  priv.stats.tx_bytes += sent.len;
  mynet_receive(dev, priv, sent);
  dev_kfree_skb_irq(sent);
  if (netif_running(dev)) netif_wake_queue(dev);
  spin_unlock(priv.lock);
  return IRQ_HANDLED;
}

/** Called with the device's xmit_lock held and bottom halves off: never sleep in here. */
function mynet_xmit(skb: sk_buff, dev: net_device): number {
  const priv = netdev_priv<mynet_priv>(dev);

  const flags = spin_lock_irqsave(priv.lock);
  netif_stop_queue(dev); // until the interrupt says that there is room
  priv.sent = skb;
  dev.trans_start = jiffies;
  raise_irq(dev.irq); // the device has sent it
  spin_unlock_irqrestore(priv.lock, flags);
  return NETDEV_TX_OK;
}

/** Nothing came back for too long: forget the packet and go on. Called in softirq context. */
function mynet_tx_timeout(dev: net_device): void {
  const priv = netdev_priv<mynet_priv>(dev);

  const flags = spin_lock_irqsave(priv.lock);
  const lost = priv.sent;
  priv.sent = null;
  if (lost !== null) priv.stats.tx_errors++;
  spin_unlock_irqrestore(priv.lock, flags);

  if (lost !== null) dev_kfree_skb(lost);
  dev.trans_start = jiffies;
  if (netif_running(dev)) netif_wake_queue(dev);
}

/** Process context with rtnl held: here one may sleep. */
function mynet_open(dev: net_device): number {
  const priv = netdev_priv<mynet_priv>(dev);
  const err = request_irq(dev.irq, mynet_interrupt, 0, dev.name, dev);
  if (err) return err;

  const flags = spin_lock_irqsave(priv.lock);
  priv.running = true;
  spin_unlock_irqrestore(priv.lock, flags);
  netif_start_queue(dev);
  return 0;
}

function mynet_stop(dev: net_device): number {
  const priv = netdev_priv<mynet_priv>(dev);
  netif_stop_queue(dev);

  const flags = spin_lock_irqsave(priv.lock);
  priv.running = false;
  const left = priv.sent;
  priv.sent = null;
  spin_unlock_irqrestore(priv.lock, flags);

  free_irq(dev.irq, dev); // waits for a handler that is running
  if (left !== null) dev_kfree_skb(left);
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
  dev.tx_timeout = mynet_tx_timeout;
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
