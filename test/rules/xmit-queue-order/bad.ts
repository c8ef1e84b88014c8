/* xmit_lock is taken under queue_lock: wrong. */
// @lab nic=none workload=./mac.ts
// @expect xmit-queue-order ?lock-order ?txq-wake-down ?deadlock ?car-no-queue

import { type net_device, netif_stop_queue, netif_wake_queue } from "linux/netdevice";
import { spin_lock, spin_lock_bh, spin_unlock, spin_unlock_bh } from "linux/spinlock";
import { software_driver } from "../lib/software-device.ts";

function my_set_mac_address(dev: net_device): number {
  spin_lock_bh(dev.queue_lock);
  spin_lock(dev.xmit_lock);
  netif_stop_queue(dev);
  spin_unlock(dev.xmit_lock);
  spin_unlock_bh(dev.queue_lock);
  netif_wake_queue(dev);
  return 0;
}

software_driver({ callbacks: { set_mac_address: my_set_mac_address } });
