/* netif_poll_disable under a lock: wrong. */
// @lab nic=none
// @expect napi-poll-disable-atomic
import { local_bh_disable, local_bh_enable } from "linux/interrupt";
import {
  type net_device,
  netdev_priv,
  netif_poll_disable,
  netif_poll_enable,
  netif_rx_complete,
  netif_rx_schedule,
  netif_start_queue,
} from "linux/netdevice";
import { spin_lock_init, spinlock_t } from "linux/spinlock";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  lock = new spinlock_t();
}

function my_setup(dev: net_device): void {
  spin_lock_init(netdev_priv<my_priv>(dev).lock);
}

function my_poll(dev: net_device, _budget: { v: number }): number {
  netif_rx_complete(dev);
  return 0;
}

function my_open(dev: net_device): number {
  local_bh_disable();
  netif_rx_schedule(dev);
  netif_poll_disable(dev);
  netif_poll_enable(dev);
  local_bh_enable();
  netif_start_queue(dev);
  return 0;
}

software_driver({ priv: my_priv, setup: my_setup, callbacks: { open: my_open, poll: my_poll, weight: 16 } });
