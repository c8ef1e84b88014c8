/* netif_poll_disable in stop, and no enable in open: wrong. */
// @lab nic=none
// @expect napi-poll-disable ?hang
import { type net_device, netif_poll_disable, netif_rx_complete, netif_stop_queue } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_poll(dev: net_device, _budget: { v: number }): number {
  netif_rx_complete(dev);
  return 0;
}

function my_stop(dev: net_device): number {
  netif_stop_queue(dev);
  netif_poll_disable(dev);
  return 0;
}

software_driver({ callbacks: { stop: my_stop, poll: my_poll, weight: 16 } });
