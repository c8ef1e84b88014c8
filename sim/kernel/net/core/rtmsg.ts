/** Messages about links to user space (net/core/rtnetlink.c): they read the driver's statistics, under rtnl alone. */
import { driver_call } from "machine";
import type { net_device } from "./net_device.ts";
import { NETDEV_CHANGE, NETDEV_GOING_DOWN } from "./netdev_constants.ts";

/** Builds and sends RTM_NEWLINK or RTM_DELLINK (net/core/rtnetlink.c: rtmsg_ifinfo). */
export function rtmsg_ifinfo(dev: net_device): void {
  if (dev.get_stats !== null) driver_call("get_stats", dev, dev.get_stats, dev);
}

/** Most changes of devices are told (net/core/rtnetlink.c: rtnetlink_event). */
export function rtnetlink_event(event: number, dev: net_device): void {
  if (event !== NETDEV_CHANGE && event !== NETDEV_GOING_DOWN) rtmsg_ifinfo(dev);
}
