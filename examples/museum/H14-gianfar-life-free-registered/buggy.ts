/*
 * gianfar, 2009: remove() frees the device without unregistering it.
 *
 * free_netdev() finds a registered device and stops the kernel with BUG(); without that check user space would go on
 * with freed memory. Mended by unregistering first (re-tells commit 38bddf04bcfe).
 */
// @lab nic=none
// @expect life-free-registered
import { ENOMEM } from "linux/errno";
import { alloc_etherdev } from "linux/etherdevice";
import { module_exit, module_init } from "linux/module";
import { free_netdev, type net_device, register_netdev } from "linux/netdevice";
import { plain_open, plain_stop, plain_xmit } from "../base/plain.ts";

class gfar_private {
  einfo = 0;
}

let netdev: net_device;

function gfar_probe(): number {
  const dev = alloc_etherdev(gfar_private);
  if (dev === null) return -ENOMEM;
  dev.dev_addr.set([0x02, 0x4d, 0x55, 0x53, 0x05, 0x01]);
  dev.open = plain_open;
  dev.stop = plain_stop;
  dev.hard_start_xmit = plain_xmit;
  const err = register_netdev(dev);
  if (err) {
    free_netdev(dev);
    return err;
  }
  netdev = dev;
  return 0;
}

function gfar_remove(): void {
  free_netdev(netdev); // BUG: still registered
}

module_init(gfar_probe);
module_exit(gfar_remove);
