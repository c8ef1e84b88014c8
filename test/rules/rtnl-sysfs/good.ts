/* An attribute that takes rtnl is removed under rtnl: right. */
// @lab nic=none workload=./store.ts
// @expect none

import {
  CLASS_DEVICE_ATTR,
  type class_device,
  class_device_create_file,
  class_device_remove_file,
} from "linux/device";
import { EAGAIN } from "linux/errno";
import {
  type net_device,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
  to_net_dev,
} from "linux/netdevice";
import { rtnl_trylock, rtnl_unlock } from "linux/rtnetlink";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  threshold = 1;
}

const class_device_attr_threshold = CLASS_DEVICE_ATTR("threshold", 0o644, my_show, my_store);

function my_show(cd: class_device): string {
  return `${netdev_priv<my_priv>(to_net_dev(cd)).threshold}\n`;
}

function my_store(cd: class_device, buf: string, count: number): number {
  const dev = to_net_dev(cd);
  if (!rtnl_trylock()) return -EAGAIN;
  netdev_priv<my_priv>(dev).threshold = Number.parseInt(buf, 10);
  rtnl_unlock();
  return count;
}

/** The attribute is there while the interface is up. */
function my_open(dev: net_device): number {
  const err = class_device_create_file(dev.class_dev, class_device_attr_threshold);
  if (err) return err;
  netif_start_queue(dev);
  return 0;
}

function my_stop(dev: net_device): number {
  netif_stop_queue(dev);
  class_device_remove_file(dev.class_dev, class_device_attr_threshold);
  return 0;
}

software_driver({ priv: my_priv, callbacks: { open: my_open, stop: my_stop } });
