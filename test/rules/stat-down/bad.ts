/* Counters in memory that comes and goes: wrong. */
// @lab nic=none workload=stats
// @expect stat-down ?lock-data-race
import { type net_device, type net_device_stats, netdev_priv } from "linux/netdevice";
import { software_driver, sw_open, sw_priv, sw_stop } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  rings: { packets: number }[] | null = null;
}

function my_open(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  p.rings = [{ packets: 0 }, { packets: 0 }];
  return sw_open(dev);
}

function my_stop(dev: net_device): number {
  sw_stop(dev);
  netdev_priv<my_priv>(dev).rings = null;
  return 0;
}

function my_get_stats(dev: net_device): net_device_stats {
  const p = netdev_priv<my_priv>(dev);
  for (let i = 0; i < 2; i++) p.stats.multicast += p.rings![i]!.packets;
  return p.stats;
}

software_driver({ priv: my_priv, callbacks: { open: my_open, stop: my_stop, get_stats: my_get_stats } });
