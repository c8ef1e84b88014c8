/* One work item is queued again and again, from both CPUs, and counts: wrong. */
// @lab nic=none workload=./send.ts races
// @expect work-concurrent
import { NETDEV_TX_OK, type net_device, netdev_priv } from "linux/netdevice";
import { dev_kfree_skb, type sk_buff } from "linux/skbuff";
import { flush_scheduled_work, INIT_WORK, schedule_work, work_struct } from "linux/workqueue";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  resets = 0;
  work = new work_struct();
}

function my_setup(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  INIT_WORK(p.work, my_work, p);
}

function my_work(p: my_priv): void {
  p.resets++;
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  schedule_work(netdev_priv<my_priv>(dev).work);
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  cleanup: () => flush_scheduled_work(),
  callbacks: { hard_start_xmit: my_xmit },
});
