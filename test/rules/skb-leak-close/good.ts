/* The last slot is forgotten: right. */
// @lab nic=none
// @expect none
import { dev_alloc_skb, dev_kfree_skb } from "linux/etherdevice";
import { type net_device, netdev_priv, netif_start_queue, netif_stop_queue } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { software_driver, sw_priv } from "../lib/software-device.ts";

const N = 4;

class my_priv extends sw_priv {
  rx: (sk_buff | null)[] = [null, null, null, null];
}

function my_open(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  for (let i = 0; i < N; i++) p.rx[i] = dev_alloc_skb(1536);
  netif_start_queue(dev);
  return 0;
}

function my_stop(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  netif_stop_queue(dev);
  for (let i = 0; i < N; i++) {
    const skb = p.rx[i];
    p.rx[i] = null;
    if (skb) dev_kfree_skb(skb);
  }
  return 0;
}

software_driver({ priv: my_priv, callbacks: { open: my_open, stop: my_stop } });
