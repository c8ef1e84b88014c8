/* Waiting for a lock that this CPU holds itself: wrong. */
// @lab nic=none
// @expect deadlock
import { type net_device, netdev_priv, netif_start_queue } from "linux/netdevice";
import { spin_lock, spin_lock_init, spin_unlock, spin_unlock_wait, spinlock_t } from "linux/spinlock";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  lock = new spinlock_t();
}

function my_setup(dev: net_device): void {
  spin_lock_init(netdev_priv<my_priv>(dev).lock);
}

function my_open(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  spin_lock(p.lock);
  spin_unlock_wait(p.lock);
  spin_unlock(p.lock);
  netif_start_queue(dev);
  return 0;
}

software_driver({ priv: my_priv, setup: my_setup, callbacks: { open: my_open } });
