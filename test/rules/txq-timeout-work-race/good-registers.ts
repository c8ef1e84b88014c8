/* Reset work that writes registers after stop has begun, and stop waits for it: right. */
// @lab workload=../lib/timeout-and-down.ts
// @expect none
import { iowrite32 } from "asm/io";
import { msleep } from "linux/delay";
import { ENOMEM } from "linux/errno";
import { HZ } from "linux/jiffies";
import { type net_device, netdev_priv, netif_stop_queue } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import {
  create_workqueue,
  destroy_workqueue,
  flush_workqueue,
  INIT_WORK,
  queue_work,
  work_struct,
  type workqueue_struct,
} from "linux/workqueue";
import { WINDOW } from "../../../examples/labnic/regs.ts";
import { link_module, link_open, link_priv, link_stop, link_xmit } from "../lib/link-card.ts";

class my_priv extends link_priv {
  reset = new work_struct();
  queue: workqueue_struct | null = null;
}

function my_open(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  p.queue = create_workqueue("my_reset");
  if (p.queue === null) return -ENOMEM;
  const err = link_open(dev);
  if (err) destroy_workqueue(p.queue);
  return err;
}

function my_stop(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  link_stop(dev);
  flush_workqueue(p.queue!); // the work does not take rtnl
  destroy_workqueue(p.queue!);
  p.queue = null;
  return 0;
}

/** After one packet it is stuck. */
function my_xmit(skb: sk_buff, dev: net_device): number {
  netif_stop_queue(dev);
  return link_xmit(skb, dev);
}

function my_tx_timeout(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  queue_work(p.queue!, p.reset);
}

function my_reset(dev: net_device): void {
  msleep(30);
  iowrite32(0, netdev_priv<my_priv>(dev).io + WINDOW);
}

link_module({
  priv: my_priv,
  setup: (dev) => INIT_WORK(netdev_priv<my_priv>(dev).reset, my_reset, dev),
  callbacks: {
    open: my_open,
    stop: my_stop,
    hard_start_xmit: my_xmit,
    tx_timeout: my_tx_timeout,
    watchdog_timeo: HZ / 25,
  },
});
