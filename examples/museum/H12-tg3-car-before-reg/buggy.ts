/*
 * tg3, 2006: a carrier event for a device that is never registered.
 *
 * probe() turned the carrier off early, which queues an event with a pointer to the device. The DMA test after that
 * failed and the device was freed; a moment later keventd handled the event of freed memory.
 * Mended by turning the carrier off at the end of probe (re-tells commit 59f1741e541b).
 */
// @lab nic=none
// @expect car-before-reg ?life-use-after-free
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
  netif_carrier_off(dev); // BUG: queues an event, and the device may yet be freed

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
