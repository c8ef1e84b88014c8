/*
 * ps3_gelic, 2007: stop() switches polling off, and open() does not switch it on again.
 *
 * A clean-up had taken netif_poll_enable() out of gelic_net_open(), as an interface that comes up needs none; its other
 * half, netif_poll_disable() in gelic_net_stop(), was left. It works by claiming the poll for ever: after the first
 * "down" and "up" no handler can schedule the poll, nothing is received, and the next "down" waits for a poll that never ends.
 * Mended by taking the other half out, too: the core ends polling before it calls stop (re-tells commit 14cc0a2b733c).
 */
// @lab workload=smoke
// @expect napi-poll-disable ?hang
import { module_exit, module_init } from "linux/module";
import { type net_device, netif_poll_disable } from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { labnic_open, labnic_stop } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";

/* Rings, interrupt, card: as in any other driver. */
function gelic_net_open(dev: net_device): number {
  return labnic_open(dev);
}

function gelic_net_stop(dev: net_device): number {
  netif_poll_disable(dev); // BUG: who enables it again?
  return labnic_stop(dev);
}

function gelic_net_setup(dev: net_device): void {
  dev.open = gelic_net_open;
  dev.stop = gelic_net_stop;
}

const gelic_net_driver = labnic_driver({ name: "ps3_gelic", setup: gelic_net_setup });
module_init(() => pci_register_driver(gelic_net_driver));
module_exit(() => pci_unregister_driver(gelic_net_driver));
