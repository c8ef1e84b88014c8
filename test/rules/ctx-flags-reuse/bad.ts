/* The flags of the outer section restored by the inner: wrong. */
// @lab nic=none
// @expect ctx-flags-reuse
import { type net_device, netdev_priv, netif_start_queue } from "linux/netdevice";
import { spin_lock_init, spin_lock_irqsave, spin_unlock_irqrestore, spinlock_t } from "linux/spinlock";
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
  const f = spin_lock_irqsave(p.a);
  const g = spin_lock_irqsave(p.b);
  spin_unlock_irqrestore(p.b, f);
  spin_unlock_irqrestore(p.a, g);
  netif_start_queue(dev);
  return 0;
}

software_driver({ priv: my_priv, setup: my_setup, callbacks: { open: my_open } });
