/* kmalloc not checked: right. */
// @lab nic=none fault=kmalloc:nth:1
// @expect none
import { ENOMEM } from "linux/errno";
import { type net_device, netdev_priv, netif_start_queue, netif_stop_queue } from "linux/netdevice";
import { GFP_KERNEL, kfree, kmalloc } from "linux/slab";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_table {
  entries = 0;
}

class my_priv extends sw_priv {
  table: my_table | null = null;
}

function my_stop(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  netif_stop_queue(dev);
  if (p.table) kfree(p.table);
  p.table = null;
  return 0;
}

function my_open(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  p.table = kmalloc(my_table, GFP_KERNEL);
  if (!p.table) return -ENOMEM;
  p.table.entries = 1;
  netif_start_queue(dev);
  return 0;
}

software_driver({ priv: my_priv, callbacks: { open: my_open, stop: my_stop } });
