/*
 * tg3, 2006, mended: the carrier goes off when nothing can fail any more; it stays off until the link comes up in open
 * (re-tells commit 59f1741e541b; here the call stands in open, before the link is looked at, so that even a failing
 * register_netdev() has no event behind it).
 */
// @lab nic=none
// @expect none
import { EIO, ENOMEM } from "linux/errno";
import { alloc_etherdev } from "linux/etherdevice";
import { module_exit, module_init } from "linux/module";
import {
  free_netdev,
  type net_device,
  netdev_priv,
  netif_carrier_off,
  netif_carrier_on,
  netif_start_queue,
  netif_stop_queue,
  register_netdev,
  unregister_netdev,
} from "linux/netdevice";
import { plain_xmit } from "../base/plain.ts";

class tg3 {
  dma_ok = 0;
}

let netdev: net_device | null = null;
const chips = [{ dma_works: false }, { dma_works: true }]; // of two boards, one is broken

function tg3_test_dma(tp: tg3, works: boolean): number {
  tp.dma_ok = works ? 1 : 0;
  return works ? 0 : -EIO;
}

function tg3_open(dev: net_device): number {
  netif_carrier_off(dev);
  netif_carrier_on(dev);
  netif_start_queue(dev);
  return 0;
}

function tg3_close(dev: net_device): number {
  netif_stop_queue(dev);
  netif_carrier_off(dev);
  return 0;
}

function tg3_init_one(works: boolean): number {
  const dev = alloc_etherdev(tg3);
  if (dev === null) return -ENOMEM;
  dev.dev_addr.set([0x02, 0x4d, 0x55, 0x53, 0x04, 0x01]);
  dev.open = tg3_open;
  dev.stop = tg3_close;
  dev.hard_start_xmit = plain_xmit;

  let err = tg3_test_dma(netdev_priv<tg3>(dev), works);
  if (!err) err = register_netdev(dev);
  if (err) {
    free_netdev(dev);
    return err;
  }
  netdev = dev;
  return 0;
}

module_init(function tg3_init(): number {
  for (const chip of chips) tg3_init_one(chip.dma_works);
  return 0;
});
module_exit(function tg3_cleanup(): void {
  if (netdev === null) return;
  unregister_netdev(netdev);
  free_netdev(netdev);
});
