/** A small, correct driver: each packet that it sends comes back to it, as on a cable plugged into itself. */
export function modelText(name: string): string {
  return `// @lab workload=smoke nic=none
// A network device that receives what it sends. Set a breakpoint in ${name}_xmit and press F5.
import { type sk_buff, dev_kfree_skb } from "linux/skbuff";
import {
  type net_device,
  net_device_stats,
  NETDEV_TX_OK,
  alloc_netdev,
  free_netdev,
  netdev_priv,
  netif_rx,
  netif_start_queue,
  netif_stop_queue,
  register_netdev,
  unregister_netdev,
} from "linux/netdevice";
import { eth_type_trans, ether_setup } from "linux/etherdevice";
import { ENOMEM } from "linux/errno";
import { jiffies } from "linux/jiffies";
import { MODULE_LICENSE, module_exit, module_init } from "linux/module";
import { spin_lock_init, spin_lock_irqsave, spin_unlock_irqrestore, spinlock_t } from "linux/spinlock";

/** What the driver keeps for each device. */
class ${name}_priv {
  lock = new spinlock_t();
  stats = new net_device_stats();
}

let ${name}_dev: net_device | null = null;

function ${name}_open(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

function ${name}_stop(dev: net_device): number {
  netif_stop_queue(dev);
  return 0;
}

/** Called with the device's xmit_lock held and bottom halves off: never sleep in here. */
function ${name}_xmit(skb: sk_buff, dev: net_device): number {
  const priv = netdev_priv<${name}_priv>(dev);
  const len = skb.len;

  const flags = spin_lock_irqsave(priv.lock);
  priv.stats.tx_packets++;
  priv.stats.tx_bytes += len;
  priv.stats.rx_packets++;
  priv.stats.rx_bytes += len;
  spin_unlock_irqrestore(priv.lock, flags);

  dev.trans_start = jiffies;
  skb.protocol = eth_type_trans(skb, dev);
  netif_rx(skb); // the packet belongs to the stack from here on
  return NETDEV_TX_OK;
}

function ${name}_get_stats(dev: net_device): net_device_stats {
  return netdev_priv<${name}_priv>(dev).stats;
}

function ${name}_setup(dev: net_device): void {
  ether_setup(dev);
  dev.open = ${name}_open;
  dev.stop = ${name}_stop;
  dev.hard_start_xmit = ${name}_xmit;
  dev.get_stats = ${name}_get_stats;
  dev.dev_addr.set([0x02, 0, 0, 0, 0, 0x01]);
  spin_lock_init(netdev_priv<${name}_priv>(dev).lock);
}

function ${name}_init(): number {
  const dev = alloc_netdev(${name}_priv, "${name}%d", ${name}_setup);
  if (dev === null) return -ENOMEM;
  const err = register_netdev(dev);
  if (err !== 0) {
    free_netdev(dev);
    return err;
  }
  ${name}_dev = dev;
  return 0;
}

function ${name}_exit(): void {
  if (${name}_dev === null) return;
  unregister_netdev(${name}_dev);
  free_netdev(${name}_dev);
  ${name}_dev = null;
}

module_init(${name}_init);
module_exit(${name}_exit);
MODULE_LICENSE("GPL");
`;
}
