/*
 * veth, 2008, mended: stop() leaves carriers alone; a notifier copies the state of one end to the other when both are
 * registered and running (re-tells commit c15853f2c1c9).
 */
// @lab nic=none
// @expect none
import { ENOMEM } from "linux/errno";
import { alloc_etherdev } from "linux/etherdevice";
import { module_exit, module_init } from "linux/module";
import {
  free_netdev,
  NETDEV_DOWN,
  NETDEV_UP,
  type net_device,
  netdev_priv,
  netif_carrier_off,
  netif_carrier_on,
  netif_start_queue,
  netif_stop_queue,
  register_netdev,
  register_netdevice_notifier,
  unregister_netdevice,
  unregister_netdevice_notifier,
} from "linux/netdevice";
import { NOTIFY_DONE, notifier_block } from "linux/notifier";
import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink";
import { plain_xmit } from "../base/plain.ts";

class veth_priv {
  peer: net_device | null = null;
}

const pair: net_device[] = [];

function veth_open(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

function veth_close(dev: net_device): number {
  netif_stop_queue(dev);
  return 0;
}

function veth_device_event(_self: notifier_block, event: number, ptr: unknown): number {
  const dev = ptr as net_device;
  if (!pair.includes(dev)) return NOTIFY_DONE;
  if (event === NETDEV_UP) netif_carrier_on(dev);
  if (event === NETDEV_DOWN) netif_carrier_off(dev);
  return NOTIFY_DONE;
}

const veth_notifier = new notifier_block();
veth_notifier.notifier_call = veth_device_event;

function veth_create(i: number): net_device | null {
  const dev = alloc_etherdev(veth_priv);
  if (dev === null) return null;
  dev.dev_addr.set([0x02, 0x4d, 0x55, 0x53, 0x01, i]);
  dev.open = veth_open;
  dev.stop = veth_close;
  dev.hard_start_xmit = plain_xmit;
  return dev;
}

function veth_init(): number {
  const a = veth_create(0);
  const b = veth_create(1);
  if (a === null || b === null) return -ENOMEM;
  netdev_priv<veth_priv>(a).peer = b;
  netdev_priv<veth_priv>(b).peer = a;
  register_netdevice_notifier(veth_notifier);
  for (const dev of [a, b]) {
    const err = register_netdev(dev);
    if (err) return err;
    pair.push(dev);
  }
  return 0;
}

function veth_exit(): void {
  const [a, b] = pair as [net_device, net_device];
  rtnl_lock();
  unregister_netdevice(a);
  unregister_netdevice(b);
  rtnl_unlock();
  unregister_netdevice_notifier(veth_notifier);
  free_netdev(a);
  free_netdev(b);
}

module_init(veth_init);
module_exit(veth_exit);
