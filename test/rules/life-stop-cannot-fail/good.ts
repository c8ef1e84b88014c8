/* stop gives up half way: right. */
// @lab nic=none
// @expect none
import { type net_device, netdev_priv, netif_stop_queue } from "linux/netdevice";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  busy = 1;
}

function my_stop(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  netif_stop_queue(dev);
  if (p.busy) p.stats.tx_errors++;
  return 0;
}

software_driver({ priv: my_priv, callbacks: { stop: my_stop } });
