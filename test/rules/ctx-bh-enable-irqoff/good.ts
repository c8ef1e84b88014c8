/* Bottom halves enabled with interrupts off: right. */
// @lab nic=none
// @expect none
import { type net_device, netdev_priv, netif_start_queue } from "linux/netdevice";
import {
  spin_lock,
  spin_lock_init,
  spin_lock_irq,
  spin_unlock,
  spin_unlock_irq,
  spinlock_t,
} from "linux/spinlock";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  a = new spinlock_t();
  b = new spinlock_t();
}

function my_setup(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  spin_lock_init(p.a);
  spin_lock_init(p.b);
}

function my_open(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  spin_lock_irq(p.a);
  spin_lock(p.b);
  spin_unlock(p.b);
  spin_unlock_irq(p.a);
  netif_start_queue(dev);
  return 0;
}

software_driver({ priv: my_priv, setup: my_setup, callbacks: { open: my_open } });
