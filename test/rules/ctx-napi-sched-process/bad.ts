/* Poll scheduled in process context: wrong. */
// @lab nic=none
// @expect ctx-napi-sched-process
import { type net_device, netif_rx_complete, netif_rx_schedule, netif_start_queue } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_poll(dev: net_device, _budget: { v: number }): number {
  netif_rx_complete(dev);
  return 0;
}

function my_open(dev: net_device): number {
  netif_rx_schedule(dev);
  netif_start_queue(dev);
  return 0;
}

software_driver({ callbacks: { open: my_open, poll: my_poll, weight: 16 } });
