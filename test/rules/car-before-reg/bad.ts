/* Carrier off before the self-test: wrong. */
// @lab nic=none
// @expect car-before-reg

import { ENODEV, ENOMEM } from "linux/errno";
import { alloc_etherdev } from "linux/etherdevice";
import { module_exit, module_init } from "linux/module";
import {
  free_netdev,
  type net_device,
  netif_carrier_off,
  register_netdev,
  unregister_netdev,
} from "linux/netdevice";
import { sw_get_stats, sw_open, sw_priv, sw_stop, sw_xmit } from "../lib/software-device.ts";

let device: net_device | null = null;

function card_is_broken(): boolean {
  return true;
}

function my_init(): number {
  const dev = alloc_etherdev(sw_priv);
  if (!dev) return -ENOMEM;
  dev.open = sw_open;
  dev.stop = sw_stop;
  dev.hard_start_xmit = sw_xmit;
  dev.get_stats = sw_get_stats;
  netif_carrier_off(dev);
  if (card_is_broken()) {
    free_netdev(dev);
    return -ENODEV;
  }
  device = dev;
  const err = register_netdev(dev);
  if (err) free_netdev(dev);
  return err;
}

function my_exit(): void {
  if (!device) return;
  unregister_netdev(device);
  free_netdev(device);
}

module_init(my_init);
module_exit(my_exit);
