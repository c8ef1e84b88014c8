/* A reader wants to become a writer: wrong. */
// @lab nic=none
// @expect lock-rw-upgrade
import { type net_device, netdev_priv, netif_start_queue } from "linux/netdevice";
import { read_lock, read_unlock, rwlock_init, rwlock_t, write_lock, write_unlock } from "linux/spinlock";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  table = new rwlock_t();
}

function my_setup(dev: net_device): void {
  rwlock_init(netdev_priv<my_priv>(dev).table);
}

function my_open(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  read_lock(p.table);
  write_lock(p.table);
  write_unlock(p.table);
  read_unlock(p.table);
  netif_start_queue(dev);
  return 0;
}

software_driver({ priv: my_priv, setup: my_setup, callbacks: { open: my_open } });
