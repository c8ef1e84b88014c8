/* Unbounded recursion: wrong. */
// @lab nic=none
// @expect ctx-stack-overflow
import { type net_device, netif_start_queue } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function walk(n: number): number {
  return walk(n + 1) + 1;
}

function my_open(dev: net_device): number {
  walk(1);
  netif_start_queue(dev);
  return 0;
}

software_driver({ callbacks: { open: my_open } });
