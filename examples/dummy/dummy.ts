/*
 * dummy: the kernel's dummy network interface (drivers/net/dummy.c of Linux 2.6.16) as a driver model.
 *
 * It takes every packet and throws it away: something to point a route at. No interrupt, no queue: tx_queue_len is 0,
 * so the core calls hard_start_xmit straight from dev_queue_xmit, on the sender's CPU, under xmit_lock.
 */
// @lab workload=smoke cpus=2 nic=none
// @expect none

import { EADDRNOTAVAIL, ENOMEM } from "linux/errno";
import {
  dev_kfree_skb,
  ETH_ALEN,
  ether_setup,
  is_valid_ether_addr,
  random_ether_addr,
} from "linux/etherdevice";
import { IFF_MULTICAST, IFF_NOARP } from "linux/if";
import { jiffies } from "linux/jiffies";
import { MODULE_LICENSE, module_exit, module_init, module_param } from "linux/module";
import {
  alloc_netdev,
  free_netdev,
  NETDEV_TX_OK,
  type net_device,
  net_device_stats,
  netdev_priv,
  register_netdev,
  unregister_netdev,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { memcpy } from "linux/string";

MODULE_LICENSE("GPL");

/* How many interfaces. */
let numdummies = 1;
module_param("numdummies", (value: number) => {
  numdummies = value;
});

let dummies: net_device[] = [];

function dummy_set_address(dev: net_device, p: { sa_data: Uint8Array }): number {
  if (!is_valid_ether_addr(p.sa_data)) return -EADDRNOTAVAIL;
  memcpy(dev.dev_addr, p.sa_data, ETH_ALEN);
  return 0;
}

/* The counters, which are all of the private data. */
function dummy_get_stats(dev: net_device): net_device_stats {
  return netdev_priv<net_device_stats>(dev);
}

function dummy_xmit(skb: sk_buff, dev: net_device): number {
  const stats = netdev_priv<net_device_stats>(dev); // #bp dummy_xmit

  stats.tx_packets++;
  stats.tx_bytes += skb.len;
  dev.trans_start = jiffies;

  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

/* Multicast filters want a function here, even one that does nothing. */
function set_multicast_list(_dev: net_device) {}

function dummy_setup(dev: net_device) {
  dev.get_stats = dummy_get_stats; // #bp dummy_setup
  dev.hard_start_xmit = dummy_xmit;
  dev.set_multicast_list = set_multicast_list;
  dev.set_mac_address = dummy_set_address;

  ether_setup(dev);
  dev.tx_queue_len = 0;
  dev.change_mtu = null;
  dev.flags |= IFF_NOARP;
  dev.flags &= ~IFF_MULTICAST;
  random_ether_addr(dev.dev_addr);
}

/* Makes one interface; returns 0 or a negative errno. */
function dummy_init_one(): number {
  const dev = alloc_netdev(net_device_stats, "dummy%d", dummy_setup);
  if (dev === null) return -ENOMEM;

  const err = register_netdev(dev);
  if (err) free_netdev(dev);
  else dummies.push(dev);
  return err;
}

function dummy_cleanup_module() {
  for (const dev of dummies) {
    unregister_netdev(dev);
    free_netdev(dev);
  }
  dummies = [];
}

function dummy_init_module(): number {
  let err = 0;
  for (let i = 0; i < numdummies && !err; i++) err = dummy_init_one();
  if (err) dummy_cleanup_module();
  return err;
}

module_init(dummy_init_module);
module_exit(dummy_cleanup_module);
