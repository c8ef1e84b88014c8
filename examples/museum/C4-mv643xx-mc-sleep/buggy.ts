/*
 * mv643xx_eth, 2009: a table for the multicast filter is allocated where nobody may sleep.
 *
 * set_multicast_list is called under xmit_lock with bottom halves off; kmalloc(…, GFP_KERNEL) may sleep there. It goes
 * well until memory is short.
 * Mended with GFP_ATOMIC, and a fallback when there is no memory (re-tells commit 82a5bd6a7b1b).
 */
// @lab nic=none workload=multicast
// @expect mc-sleep
import { dev_kfree_skb } from "linux/etherdevice";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { GFP_KERNEL, kfree, kmalloc } from "linux/slab";
import { memset } from "linux/string";
import { register_devices, unregister_devices } from "../base/software.ts";

const TABLE_BYTES = 256;

class mv643xx_eth_private {
  filter = new Uint8Array(TABLE_BYTES); // the chip's registers
  all_multicast = 0;
}

function addr_crc(addr: Uint8Array): number {
  let crc = 0;
  for (const byte of addr) crc = ((crc << 1) ^ byte) & 0xff;
  return crc;
}

function mv643xx_eth_set_rx_mode(dev: net_device): void {
  const mp = netdev_priv<mv643xx_eth_private>(dev);
  const table = kmalloc(TABLE_BYTES, GFP_KERNEL); // BUG: the caller holds xmit_lock
  if (table === null) {
    mp.all_multicast = 1;
    return;
  }
  memset(table, 0, TABLE_BYTES);
  for (let mc = dev.mc_list; mc !== null; mc = mc.next) table[addr_crc(mc.dmi_addr.subarray(0, 6))] = 1;
  mp.filter.set(table);
  mp.all_multicast = 0;
  kfree(table);
}

function mv643xx_eth_xmit(skb: sk_buff, dev: net_device): number {
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

function mv643xx_eth_open(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

function mv643xx_eth_stop(dev: net_device): number {
  netif_stop_queue(dev);
  return 0;
}

function mv643xx_eth_setup(dev: net_device): void {
  dev.open = mv643xx_eth_open;
  dev.stop = mv643xx_eth_stop;
  dev.hard_start_xmit = mv643xx_eth_xmit;
  dev.set_multicast_list = mv643xx_eth_set_rx_mode;
}

const mv643xx_eth_driver = { priv: mv643xx_eth_private, setup: mv643xx_eth_setup };
module_init(() => register_devices(mv643xx_eth_driver));
module_exit(() => unregister_devices(mv643xx_eth_driver));
