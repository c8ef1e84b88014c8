/* A tasklet disables itself: right. */
// @lab nic=none
// @expect none
import {
  tasklet_disable_nosync,
  tasklet_enable,
  tasklet_init,
  tasklet_kill,
  tasklet_schedule,
  tasklet_struct,
} from "linux/interrupt";
import { type net_device, netdev_priv, netif_start_queue } from "linux/netdevice";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  tasklet = new tasklet_struct();
}

function my_tasklet(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  p.stats.rx_errors++;
  tasklet_disable_nosync(p.tasklet);
  tasklet_enable(p.tasklet);
}

function my_setup(dev: net_device): void {
  tasklet_init(netdev_priv<my_priv>(dev).tasklet, my_tasklet, dev);
}

function my_open(dev: net_device): number {
  tasklet_schedule(netdev_priv<my_priv>(dev).tasklet);
  netif_start_queue(dev);
  return 0;
}

/** Runs after unregister_netdev. */
function my_cleanup(dev: net_device): void {
  tasklet_kill(netdev_priv<my_priv>(dev).tasklet);
}

software_driver({ priv: my_priv, setup: my_setup, cleanup: my_cleanup, callbacks: { open: my_open } });
