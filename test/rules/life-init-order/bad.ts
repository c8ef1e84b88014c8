/* The lock is initialised after the device was registered: wrong. */
// @lab nic=none
// @expect life-init-order

import { ENOMEM } from "linux/errno";
import { alloc_etherdev } from "linux/etherdevice";
import { module_exit, module_init } from "linux/module";
import {
  free_netdev,
  type net_device,
  net_device_stats,
  netdev_priv,
  netif_start_queue,
  register_netdev,
  unregister_netdev,
} from "linux/netdevice";
import { spin_lock_bh, spin_lock_init, spin_unlock_bh, spinlock_t } from "linux/spinlock";
import { sw_stop, sw_xmit } from "../lib/software-device.ts";

class my_priv {
  stats = new net_device_stats();
  lock = new spinlock_t();
}

let netdev: net_device;

function my_open(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  spin_lock_bh(p.lock);
  p.stats.collisions = 0;
  spin_unlock_bh(p.lock);
  netif_start_queue(dev);
  return 0;
}

function my_init(): number {
  const dev = alloc_etherdev(my_priv);
  if (!dev) return -ENOMEM;
  dev.open = my_open;
  dev.stop = sw_stop;
  dev.hard_start_xmit = sw_xmit;
  dev.get_stats = (d: net_device) => netdev_priv<my_priv>(d).stats;
  netdev = dev;
  const err = register_netdev(dev);
  if (err) {
    free_netdev(dev);
    return err;
  }
  spin_lock_init(netdev_priv<my_priv>(dev).lock);
  return 0;
}

function my_exit(): void {
  unregister_netdev(netdev);
  free_netdev(netdev);
}

module_init(my_init);
module_exit(my_exit);
