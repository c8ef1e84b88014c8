/* Who leaves is forgotten, and until then it is held. */
// @lab nic=none workload=./lower-goes.ts
// @expect none
import { ENOMEM, EOPNOTSUPP } from "linux/errno";
import { alloc_etherdev, dev_kfree_skb, random_ether_addr } from "linux/etherdevice";
import type { ifreq } from "linux/if";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  dev_hold,
  dev_put,
  free_netdev,
  NETDEV_TX_OK,
  NETDEV_UNREGISTER,
  type net_device,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
  register_netdev,
  register_netdevice_notifier,
  unregister_netdev,
  unregister_netdevice_notifier,
} from "linux/netdevice";
import { NOTIFY_DONE, notifier_block } from "linux/notifier";
import type { sk_buff } from "linux/skbuff";
import { SIOCDEVPRIVATE } from "linux/sockios";
import { flush_scheduled_work, INIT_WORK, schedule_work, work_struct } from "linux/workqueue";

class port {
  peer: net_device | null = null;
  forwarded = 0;
}

const ports: (net_device | null)[] = [null, null];
const removal = new work_struct();

function port_xmit(skb: sk_buff, dev: net_device): number {
  const { peer } = netdev_priv<port>(dev);
  if (peer !== null && peer.mtu >= skb.len) netdev_priv<port>(peer).forwarded++;
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

function port_open(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

function port_stop(dev: net_device): number {
  netif_stop_queue(dev);
  return 0;
}

/* Somebody pulls the lower port out. */
function port_ioctl(_dev: net_device, _ifr: ifreq, cmd: number): number {
  if (cmd !== SIOCDEVPRIVATE) return -EOPNOTSUPP;
  schedule_work(removal);
  return 0;
}

function remove(i: number): void {
  const dev = ports[i]!;
  ports[i] = null;
  if (dev === null) return;
  unregister_netdev(dev);
  free_netdev(dev);
}

function add(i: number): number {
  const dev = alloc_etherdev(port);
  if (!dev) return -ENOMEM;
  random_ether_addr(dev.dev_addr);
  Object.assign(dev, { open: port_open, stop: port_stop, hard_start_xmit: port_xmit, do_ioctl: port_ioctl });
  const err = register_netdev(dev);
  if (err) free_netdev(dev);
  else ports[i] = dev;
  return err;
}

const watcher = new notifier_block();

watcher.notifier_call = function watch(_self: notifier_block, event: number, dev: net_device): number {
  const [upper] = ports;
  const p = upper ? netdev_priv<port>(upper) : null;
  if (event === NETDEV_UNREGISTER && p !== null && p.peer === dev) {
    p.peer = null;
    dev_put(dev);
  }
  return NOTIFY_DONE;
};

module_init(function ports_init(): number {
  INIT_WORK(removal, () => remove(1), null);
  const err = add(0) || add(1);
  if (err) {
    remove(0);
    return err;
  }
  dev_hold(ports[1]!);
  netdev_priv<port>(ports[0]!).peer = ports[1]!;
  register_netdevice_notifier(watcher);
  return 0;
});

module_exit(function ports_exit(): void {
  flush_scheduled_work();
  remove(1);
  remove(0);
  unregister_netdevice_notifier(watcher);
});
