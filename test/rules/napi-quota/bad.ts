/* Everything in one poll: wrong. */
// @lab nic=none
// @expect napi-quota
import { dev_alloc_skb, dev_kfree_skb, eth_type_trans } from "linux/etherdevice";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_receive_skb,
  netif_rx_complete,
  netif_rx_schedule,
  netif_stop_queue,
} from "linux/netdevice";
import { type sk_buff, skb_put } from "linux/skbuff";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  rx: sk_buff[] = [];
}

/** The device is its own wire: what it sends it receives, forty at a time. */
function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  for (let i = 0; i < 40; i++) {
    const copy = dev_alloc_skb(64);
    if (!copy) break;
    skb_put(copy, 60);
    copy.dev = dev;
    copy.protocol = eth_type_trans(copy, dev);
    p.rx.push(copy);
  }
  dev_kfree_skb(skb);
  netif_rx_schedule(dev);
  return NETDEV_TX_OK;
}

function my_stop(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  netif_stop_queue(dev);
  for (let skb = p.rx.shift(); skb; skb = p.rx.shift()) dev_kfree_skb(skb);
  return 0;
}

function my_poll(dev: net_device, budget: { v: number }): number {
  const p = netdev_priv<my_priv>(dev);
  let work = 0;
  while (p.rx.length > 0) {
    const skb = p.rx.shift();
    if (skb) netif_receive_skb(skb);
    work++;
  }
  budget.v -= work;
  dev.quota -= work;
  if (p.rx.length > 0) return 1;
  netif_rx_complete(dev);
  return 0;
}

software_driver({
  priv: my_priv,
  callbacks: { hard_start_xmit: my_xmit, stop: my_stop, poll: my_poll, weight: 16 },
});
