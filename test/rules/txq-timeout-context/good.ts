/* Sleeping in tx_timeout: right. */
// @lab nic=none
// @expect none
import { dev_kfree_skb } from "linux/etherdevice";
import { jiffies } from "linux/jiffies";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  skb: sk_buff | null = null;
}

/** Takes one packet and never finishes it. */
function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  p.skb = skb;
  dev.trans_start = jiffies;
  netif_stop_queue(dev);
  return NETDEV_TX_OK;
}

function my_reclaim(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  const skb = p.skb;
  p.skb = null;
  if (skb) dev_kfree_skb(skb);
}

function my_stop(dev: net_device): number {
  netif_stop_queue(dev);
  my_reclaim(dev);
  return 0;
}

function my_tx_timeout(dev: net_device): void {
  my_reclaim(dev);
  netif_wake_queue(dev);
}

software_driver({
  priv: my_priv,
  callbacks: { hard_start_xmit: my_xmit, stop: my_stop, tx_timeout: my_tx_timeout, watchdog_timeo: 10 },
});
