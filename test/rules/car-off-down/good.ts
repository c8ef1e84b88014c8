/* Carrier stays on: right. */
// @lab nic=none advice
// @expect none
import { type net_device, netif_carrier_off, netif_carrier_on } from "linux/netdevice";
import { software_driver, sw_open, sw_stop } from "../lib/software-device.ts";

function my_open(dev: net_device): number {
  netif_carrier_on(dev);
  return sw_open(dev);
}

function my_stop(dev: net_device): number {
  netif_carrier_off(dev);
  return sw_stop(dev);
}

function my_setup(): void {}

function my_link(dev: net_device): number {
  netif_carrier_off(dev);
  netif_carrier_on(dev);
  return 0;
}

software_driver({
  setup: my_setup,
  callbacks: { open: (dev: net_device) => my_open(dev) + my_link(dev), stop: my_stop },
});
