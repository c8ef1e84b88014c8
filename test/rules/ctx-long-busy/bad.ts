/* A long busy wait under a lock: wrong. */
// @lab nic=none
// @expect ctx-long-busy
import { mdelay } from "linux/delay";
import { type net_device, netdev_priv, netif_start_queue } from "linux/netdevice";
import { spin_lock_init, spin_lock_irq, spin_unlock_irq, spinlock_t } from "linux/spinlock";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  lock = new spinlock_t();
}

function my_setup(dev: net_device): void {
  spin_lock_init(netdev_priv<my_priv>(dev).lock);
}

function my_open(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  spin_lock_irq(p.lock);
  mdelay(50);
  spin_unlock_irq(p.lock);
  netif_start_queue(dev);
  return 0;
}

software_driver({ priv: my_priv, setup: my_setup, callbacks: { open: my_open } });
