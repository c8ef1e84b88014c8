/* netif_poll_disable twice, the second waits for the first one's enable: wrong. */
// @lab nic=none workload=mtu
// @expect napi-poll-disable ?hang
import { EINVAL } from "linux/errno";
import { type net_device, netif_poll_disable, netif_poll_enable, netif_rx_complete } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_poll(dev: net_device, _budget: { v: number }): number {
  netif_rx_complete(dev);
  return 0;
}

function my_reset(dev: net_device): void {
  netif_poll_disable(dev);
  netif_poll_enable(dev);
}

function my_change_mtu(dev: net_device, mtu: number): number {
  if (mtu < 68 || mtu > 1500) return -EINVAL;
  netif_poll_disable(dev);
  dev.mtu = mtu;
  my_reset(dev);
  netif_poll_enable(dev);
  return 0;
}

software_driver({ callbacks: { change_mtu: my_change_mtu, poll: my_poll, weight: 16 } });
