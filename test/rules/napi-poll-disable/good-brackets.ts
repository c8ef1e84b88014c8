/* netif_poll_disable in stop, netif_poll_enable in open; and both around a change: right. */
// @lab nic=none workload=mtu
// @expect none
import { EINVAL } from "linux/errno";
import {
  type net_device,
  netdev_priv,
  netif_poll_disable,
  netif_poll_enable,
  netif_rx_complete,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  closed = false;
}

function my_poll(dev: net_device, _budget: { v: number }): number {
  netif_rx_complete(dev);
  return 0;
}

function my_open(dev: net_device): number {
  if (netdev_priv<my_priv>(dev).closed) netif_poll_enable(dev);
  netif_start_queue(dev);
  return 0;
}

function my_stop(dev: net_device): number {
  netif_stop_queue(dev);
  netif_poll_disable(dev);
  netdev_priv<my_priv>(dev).closed = true;
  return 0;
}

function my_change_mtu(dev: net_device, mtu: number): number {
  if (mtu < 68 || mtu > 1500) return -EINVAL;
  netif_poll_disable(dev);
  dev.mtu = mtu;
  netif_poll_enable(dev);
  return 0;
}

software_driver({
  priv: my_priv,
  callbacks: { open: my_open, stop: my_stop, change_mtu: my_change_mtu, poll: my_poll, weight: 16 },
});
