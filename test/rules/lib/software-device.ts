/**
 * The part that the little drivers of this folder share: a software network device that swallows what it is to send.
 * A driver gives the callbacks that it wants different.
 */
import { ENOMEM } from "linux/errno";
import { alloc_etherdev, dev_kfree_skb } from "linux/etherdevice";
import { jiffies } from "linux/jiffies";
import { MODULE_LICENSE, module_exit, module_init } from "linux/module";
import {
  free_netdev,
  NETDEV_TX_OK,
  type net_device,
  net_device_stats,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
  register_netdev,
  unregister_netdev,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";

MODULE_LICENSE("GPL");

/** What every private area begins with. */
export class sw_priv {
  stats = new net_device_stats();
}

export interface sw_driver {
  priv?: new () => sw_priv;
  /** Runs after the callbacks are set, before the device is registered. An errno that it returns is module_init's. */
  setup?: (dev: net_device) => unknown;
  /** Runs in module_exit, after the device was unregistered. */
  cleanup?: (dev: net_device) => void;
  callbacks?: Partial<net_device>;
}

export function sw_open(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

export function sw_stop(dev: net_device): number {
  netif_stop_queue(dev);
  return 0;
}

export function sw_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<sw_priv>(dev);
  p.stats.tx_packets++;
  p.stats.tx_bytes += skb.len;
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

export function sw_get_stats(dev: net_device): net_device_stats {
  return netdev_priv<sw_priv>(dev).stats;
}

/** Makes a module of one device. */
export function software_driver(driver: sw_driver): void {
  let device: net_device | null = null;

  module_init(function sw_init(): number {
    const dev = alloc_etherdev(driver.priv ?? sw_priv);
    if (!dev) return -ENOMEM;
    dev.dev_addr.set([0x02, 0, 0, 0, 0, 1]);
    dev.open = sw_open;
    dev.stop = sw_stop;
    dev.hard_start_xmit = sw_xmit;
    dev.get_stats = sw_get_stats;
    Object.assign(dev, driver.callbacks);
    const failed = driver.setup?.(dev);
    const err = typeof failed === "number" && failed !== 0 ? failed : register_netdev(dev);
    if (err) {
      free_netdev(dev);
      return err;
    }
    device = dev;
    return 0;
  });

  module_exit(function sw_exit(): void {
    if (!device) return;
    unregister_netdev(device);
    driver.cleanup?.(device);
    free_netdev(device);
    device = null;
  });
}
