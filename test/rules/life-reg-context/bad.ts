/* Registering with bottom halves off: wrong. */
// @lab nic=none
// @expect life-reg-context
import { ENOMEM } from "linux/errno";
import { alloc_etherdev } from "linux/etherdevice";
import { local_bh_disable, local_bh_enable } from "linux/interrupt";
import { free_netdev, type net_device, register_netdev, unregister_netdev } from "linux/netdevice";
import { software_driver, sw_get_stats, sw_open, sw_priv, sw_stop, sw_xmit } from "../lib/software-device.ts";

let other: net_device | null = null;

function my_setup(_dev: net_device): number {
  const second = alloc_etherdev(sw_priv);
  if (!second) return -ENOMEM;
  second.open = sw_open;
  second.stop = sw_stop;
  second.hard_start_xmit = sw_xmit;
  second.get_stats = sw_get_stats;
  local_bh_disable();
  register_netdev(second);
  local_bh_enable();
  other = second;
  return 0;
}

function my_cleanup(): void {
  if (!other) return;
  unregister_netdev(other);
  free_netdev(other);
}

software_driver({ setup: my_setup, cleanup: my_cleanup });
