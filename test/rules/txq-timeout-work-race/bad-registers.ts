/* Reset work that writes registers after stop: wrong. */
// @lab workload=../lib/timeout-and-down.ts
// @expect txq-timeout-work-race ?txq-wake-down ?txq-stop-stop ?life-stop-quiesce
import { iowrite32 } from "asm/io";
import { msleep } from "linux/delay";
import { HZ } from "linux/jiffies";
import { type net_device, netdev_priv, netif_stop_queue } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { flush_scheduled_work, INIT_WORK, schedule_work, work_struct } from "linux/workqueue";
import { WINDOW } from "../../../examples/labnic/regs.ts";
import { link_module, link_priv, link_xmit } from "../lib/link-card.ts";

class my_priv extends link_priv {
  reset = new work_struct();
}

/** After one packet it is stuck. */
function my_xmit(skb: sk_buff, dev: net_device): number {
  netif_stop_queue(dev);
  return link_xmit(skb, dev);
}

function my_tx_timeout(dev: net_device): void {
  schedule_work(netdev_priv<my_priv>(dev).reset);
}

function my_reset(dev: net_device): void {
  msleep(30);
  iowrite32(0, netdev_priv<my_priv>(dev).io + WINDOW);
}

link_module({
  priv: my_priv,
  setup: (dev) => INIT_WORK(netdev_priv<my_priv>(dev).reset, my_reset, dev),
  cleanup: () => flush_scheduled_work(),
  callbacks: { hard_start_xmit: my_xmit, tx_timeout: my_tx_timeout, watchdog_timeo: HZ / 25 },
});
