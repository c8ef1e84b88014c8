/* A tasklet is disabled and enabled: enabled once too often. */
// @lab nic=none
// @expect task-enable-balance
import { tasklet_enable, tasklet_init, tasklet_kill, tasklet_struct } from "linux/interrupt";
import { type net_device, netdev_priv, netif_start_queue } from "linux/netdevice";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  tasklet = new tasklet_struct();
}

function my_tasklet(dev: net_device): void {
  netdev_priv<my_priv>(dev).stats.rx_errors++;
}

function my_setup(dev: net_device): void {
  tasklet_init(netdev_priv<my_priv>(dev).tasklet, my_tasklet, dev);
}

function my_open(dev: net_device): number {
  const { tasklet } = netdev_priv<my_priv>(dev);
  netif_start_queue(dev);
  tasklet_enable(tasklet);
  return 0;
}

function my_cleanup(dev: net_device): void {
  tasklet_kill(netdev_priv<my_priv>(dev).tasklet);
}

software_driver({ priv: my_priv, setup: my_setup, cleanup: my_cleanup, callbacks: { open: my_open } });
