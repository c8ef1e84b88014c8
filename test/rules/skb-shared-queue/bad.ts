/* A packet on two lists: wrong. */
// @lab nic=none
// @expect skb-shared-queue
import { dev_kfree_skb } from "linux/etherdevice";
import { type net_device, netdev_priv, netif_stop_queue } from "linux/netdevice";
import {
  type sk_buff,
  sk_buff_head,
  skb_dequeue,
  skb_get,
  skb_queue_head_init,
  skb_queue_tail,
} from "linux/skbuff";
import { software_driver, sw_priv, sw_xmit } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  history = new sk_buff_head();
}

function my_setup(dev: net_device): void {
  skb_queue_head_init(netdev_priv<my_priv>(dev).history);
}

/** Keeps what it has sent, for tests. */
function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  skb_queue_tail(p.history, skb_get(skb));
  return sw_xmit(skb, dev);
}

function my_stop(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  netif_stop_queue(dev);
  for (let skb = skb_dequeue(p.history); skb; skb = skb_dequeue(p.history)) dev_kfree_skb(skb);
  return 0;
}

software_driver({ priv: my_priv, setup: my_setup, callbacks: { hard_start_xmit: my_xmit, stop: my_stop } });
