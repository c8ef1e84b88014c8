/* Bad packets forgotten: right. */
// @lab nic=none
// @expect none
import { dev_alloc_skb, dev_kfree_skb, eth_type_trans } from "linux/etherdevice";
import { type net_device, netdev_priv, netif_rx } from "linux/netdevice";
import { type sk_buff, skb_put } from "linux/skbuff";
import { software_driver, sw_priv, sw_xmit } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  n = 0;
}

/** The device hears itself; each third frame is damaged. */
function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  const copy = dev_alloc_skb(64);
  if (copy) {
    skb_put(copy, 60);
    if (++p.n % 3 === 0) {
      p.stats.rx_errors++;
      dev_kfree_skb(copy);
    } else {
      copy.dev = dev;
      copy.protocol = eth_type_trans(copy, dev);
      netif_rx(copy);
    }
  }
  return sw_xmit(skb, dev);
}

software_driver({ priv: my_priv, callbacks: { hard_start_xmit: my_xmit } });
