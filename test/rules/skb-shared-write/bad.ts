/* A tag written into shared data: wrong. */
// @lab nic=none
// @expect skb-shared-write

import { htons } from "asm/byteorder";
import { dev_kfree_skb } from "linux/etherdevice";
import { ETH_P_ALL } from "linux/if_ether";
import { jiffies } from "linux/jiffies";
import { dev_add_pack, dev_remove_pack, NETDEV_TX_OK, type net_device, packet_type } from "linux/netdevice";
import { kfree_skb, type sk_buff } from "linux/skbuff";
import { software_driver } from "../lib/software-device.ts";

const sniffer = new packet_type();
let kept: sk_buff | null = null;

/** A sniffer keeps the last frame for a while. */
function my_sniff(skb: sk_buff): number {
  if (kept) kfree_skb(kept);
  kept = skb;
  return 0;
}

function my_setup(): void {
  sniffer.type = htons(ETH_P_ALL);
  sniffer.func = my_sniff;
  dev_add_pack(sniffer);
}

function my_cleanup(): void {
  dev_remove_pack(sniffer);
  if (kept) kfree_skb(kept);
  kept = null;
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  dev.trans_start = jiffies;
  skb.data[0] = 0xa5;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

software_driver({ setup: my_setup, cleanup: my_cleanup, callbacks: { hard_start_xmit: my_xmit } });
