/* The other end loses its carrier in stop: right. */
// @lab nic=none
// @expect none

import { ENOMEM } from "linux/errno";
import { alloc_etherdev } from "linux/etherdevice";
import { module_exit, module_init } from "linux/module";
import {
  free_netdev,
  type net_device,
  netif_carrier_off,
  netif_carrier_on,
  register_netdev,
  unregister_netdev,
} from "linux/netdevice";
import { sw_get_stats, sw_open, sw_priv, sw_stop, sw_xmit } from "../lib/software-device.ts";

const ends: net_device[] = [];

function my_stop(dev: net_device): number {
  for (const end of ends) if (end === dev) netif_carrier_off(end);
  return sw_stop(dev);
}

function my_open(dev: net_device): number {
  netif_carrier_on(dev);
  return sw_open(dev);
}

function my_init(): number {
  for (let i = 0; i < 2; i++) {
    const dev = alloc_etherdev(sw_priv);
    if (!dev) return -ENOMEM;
    dev.open = my_open;
    dev.stop = my_stop;
    dev.hard_start_xmit = sw_xmit;
    dev.get_stats = sw_get_stats;
    const err = register_netdev(dev);
    if (err) {
      free_netdev(dev);
      return err;
    }
    ends.push(dev);
  }
  return 0;
}

function my_exit(): void {
  for (const dev of ends) {
    unregister_netdev(dev);
    free_netdev(dev);
  }
}

module_init(my_init);
module_exit(my_exit);
