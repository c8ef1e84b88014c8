/* The functions without underscores take the list's lock. */
// @lab nic=none workload=flood-tx races
// @expect none
import { dev_kfree_skb_irq } from "linux/etherdevice";
import { tasklet_init, tasklet_kill, tasklet_schedule, tasklet_struct } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import { NETDEV_TX_OK, type net_device, netdev_priv, netif_stop_queue } from "linux/netdevice";
import {
  type sk_buff,
  sk_buff_head,
  skb_dequeue,
  skb_queue_head_init,
  skb_queue_purge,
  skb_queue_tail,
} from "linux/skbuff";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class list_priv extends sw_priv {
  list = new sk_buff_head();
  tasklet = new tasklet_struct();
}

function list_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<list_priv>(dev);
  skb_queue_tail(p.list, skb);
  dev.trans_start = jiffies;
  tasklet_schedule(p.tasklet);
  return NETDEV_TX_OK;
}

function list_done(p: list_priv): void {
  for (let skb = skb_dequeue(p.list); skb; skb = skb_dequeue(p.list)) dev_kfree_skb_irq(skb);
}

function list_stop(dev: net_device): number {
  const p = netdev_priv<list_priv>(dev);
  netif_stop_queue(dev);
  tasklet_kill(p.tasklet);
  skb_queue_purge(p.list);
  return 0;
}

software_driver({
  priv: list_priv,
  setup: (dev) => {
    const p = netdev_priv<list_priv>(dev);
    skb_queue_head_init(p.list);
    tasklet_init(p.tasklet, list_done, p);
  },
  callbacks: { hard_start_xmit: list_xmit, stop: list_stop },
});
