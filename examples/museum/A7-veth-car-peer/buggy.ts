/*
 * veth, 2008: closing one end of a pair changes the carrier of the other.
 *
 * Both ends are unregistered together. Closing the first fires a carrier event for its peer; the event holds a reference
 * to the peer until linkwatch has handled it, and linkwatch needs rtnl. The peer's unregistering has to wait for that
 * reference: in this kernel a delay, a deadlock where rtnl is kept (re-tells commit c15853f2c1c9).
 */
// @lab nic=none
// @expect car-peer
import { ENOMEM } from "linux/errno";
import { alloc_etherdev } from "linux/etherdevice";
import { module_exit, module_init } from "linux/module";
import {
  free_netdev,
  type net_device,
  netdev_priv,
  netif_carrier_off,
  netif_carrier_ok,
  netif_carrier_on,
  netif_start_queue,
  netif_stop_queue,
  register_netdev,
  unregister_netdevice,
} from "linux/netdevice";
import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink";
import { plain_xmit } from "../base/plain.ts";

class veth_priv {
  peer: net_device | null = null;
}

const pair: net_device[] = [];

function veth_open(dev: net_device): number {
  const { peer } = netdev_priv<veth_priv>(dev);
  netif_start_queue(dev);
  netif_carrier_on(dev);
  if (peer !== null) netif_carrier_on(peer);
  return 0;
}

function veth_close(dev: net_device): number {
  const { peer } = netdev_priv<veth_priv>(dev);
  netif_stop_queue(dev);
  if (netif_carrier_ok(dev)) {
    netif_carrier_off(dev);
    if (peer !== null) netif_carrier_off(peer); // BUG: the peer may be on its way out
  }
  return 0;
}

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
  free_netdev(a);
  free_netdev(b);
}

module_init(veth_init);
module_exit(veth_exit);
