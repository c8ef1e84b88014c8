/** Who hears of changes of devices (net/core/dev.c: netdev_chain). */
import { driver_call } from "machine";
import { check_arg } from "../../kernel/misuse.ts";
import { NOTIFY_DONE, NOTIFY_STOP_MASK, notifier_block } from "../../kernel/sys.ts";
import { inetdev_event } from "../ipv4/devinet.ts";
import { first_netdev } from "./dev_list.ts";
import { IFF_UP } from "./if.ts";
import type { net_device } from "./net_device.ts";
import { NETDEV_REGISTER, NETDEV_UP } from "./netdev_constants.ts";
import { rtnetlink_event } from "./rtmsg.ts";
import { rtnl_lock, rtnl_unlock } from "./rtnl.ts";

let netdev_chain: notifier_block[] = [];

/** Tells everybody: the stack's own layers, then those that registered (kernel/sys.c: notifier_call_chain on netdev_chain). */
export function call_netdevice_notifiers(event: number, dev: net_device): number {
  inetdev_event(event, dev);
  rtnetlink_event(event, dev);
  let result = NOTIFY_DONE;
  for (const nb of netdev_chain) {
    result = notify(nb, event, dev);
    if (result & NOTIFY_STOP_MASK) break;
  }
  return result;
}

function notify(nb: notifier_block, event: number, dev: net_device): number {
  return nb.notifier_call === null
    ? NOTIFY_DONE
    : driver_call("notifier", dev, nb.notifier_call, nb, event, dev);
}

/**
 * Calls `nb.notifier_call(nb, NETDEV_*, dev)` at each change of a device, under rtnl; at once for the devices that exist.
 * @returns 0
 * @context process; sleeps; rtnl not held. Linux net/core/dev.c: register_netdevice_notifier
 */
export function register_netdevice_notifier(nb: notifier_block): number {
  check_arg("register_netdevice_notifier", "nb", nb, notifier_block);
  rtnl_lock();
  netdev_chain = [...netdev_chain, nb].sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0));
  for (let dev = first_netdev(); dev !== null; dev = dev.next) {
    notify(nb, NETDEV_REGISTER, dev);
    if (dev.flags & IFF_UP) notify(nb, NETDEV_UP, dev);
  }
  rtnl_unlock();
  return 0;
}

/** Ends {@link register_netdevice_notifier}. @returns 0 @context process; sleeps; rtnl not held. Linux net/core/dev.c: unregister_netdevice_notifier */
export function unregister_netdevice_notifier(nb: notifier_block): number {
  check_arg("unregister_netdevice_notifier", "nb", nb, notifier_block);
  rtnl_lock();
  netdev_chain = netdev_chain.filter((other) => other !== nb);
  rtnl_unlock();
  return 0;
}
