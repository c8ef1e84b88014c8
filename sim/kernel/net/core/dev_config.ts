/** Settings of devices: MTU, address, name (net/core/dev.c). */
import { driver_call } from "machine";
import { check_arg } from "../../kernel/misuse.ts";
import { EBUSY, EINVAL, ENODEV, EOPNOTSUPP } from "../../lib/errno.ts";
import { check_name, dev_alloc_name } from "./dev_list.ts";
import { IFF_UP } from "./if.ts";
import { sockaddr } from "./ifreq.ts";
import { need_dev, type net_device } from "./net_device.ts";
import { NETDEV_CHANGEADDR, NETDEV_CHANGEMTU, NETDEV_CHANGENAME } from "./netdev_constants.ts";
import { call_netdevice_notifiers } from "./netdev_notifier.ts";
import { netif_device_present } from "./netif.ts";
import { assert_rtnl } from "./rtnl.ts";

/** Changes the MTU: `dev.change_mtu`, or without it the field. @returns 0 or a negative errno @context process, rtnl held. Linux net/core/dev.c: dev_set_mtu */
export function dev_set_mtu(dev: net_device, new_mtu: number): number {
  need_dev("dev_set_mtu", dev);
  assert_rtnl("dev_set_mtu");
  if (new_mtu === dev.mtu) return 0;
  if (new_mtu < 0) return -EINVAL;
  if (!netif_device_present(dev)) return -ENODEV;
  let err = 0;
  if (dev.change_mtu !== null) err = driver_call("change_mtu", dev, dev.change_mtu, dev, new_mtu);
  else dev.mtu = new_mtu;
  if (err === 0 && dev.flags & IFF_UP) call_netdevice_notifiers(NETDEV_CHANGEMTU, dev);
  return err;
}

/** Changes the hardware address by `dev.set_mac_address`. @returns 0 or a negative errno @context process, rtnl held. Linux net/core/dev.c: dev_set_mac_address */
export function dev_set_mac_address(dev: net_device, sa: sockaddr): number {
  need_dev("dev_set_mac_address", dev);
  check_arg("dev_set_mac_address", "sa", sa, sockaddr);
  assert_rtnl("dev_set_mac_address");
  if (dev.set_mac_address === null) return -EOPNOTSUPP;
  if (sa.sa_family !== dev.type) return -EINVAL;
  if (!netif_device_present(dev)) return -ENODEV;
  const err = driver_call("set_mac_address", dev, dev.set_mac_address, dev, sa);
  if (err === 0) call_netdevice_notifiers(NETDEV_CHANGEADDR, dev);
  return err;
}

/** Renames a device that is down; `newname` may be a pattern. @returns 0 or a negative errno @context process, rtnl held. Linux net/core/dev.c: dev_change_name */
export function dev_change_name(dev: net_device, newname: string): number {
  need_dev("dev_change_name", dev);
  assert_rtnl("dev_change_name");
  if (dev.flags & IFF_UP) return -EBUSY;
  if (newname.includes("%")) {
    const err = dev_alloc_name(dev, newname);
    if (err < 0) return err;
  } else {
    const err = check_name(newname, dev);
    if (err !== 0) return err;
    dev.name = newname;
  }
  dev.class_dev.class_id = dev.name;
  call_netdevice_notifiers(NETDEV_CHANGENAME, dev);
  return 0;
}
