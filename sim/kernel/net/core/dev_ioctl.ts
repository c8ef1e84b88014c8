/** Interface ioctls (net/core/dev.c: dev_ioctl). */
import { driver_call } from "machine";
import { read_lock, read_unlock } from "../../kernel/rwlock.ts";
import { EINVAL, ENODEV, EOPNOTSUPP } from "../../lib/errno.ts";
import { dev_change_name, dev_set_mac_address, dev_set_mtu } from "./dev_config.ts";
import { __dev_get_by_index, __dev_get_by_name, dev_base_lock } from "./dev_list.ts";
import { dev_mc_add, dev_mc_delete } from "./dev_mcast.ts";
import { dev_change_flags, dev_get_flags } from "./dev_open.ts";
import { dev_ethtool } from "./ethtool.ts";
import {
  SIOCADDMULTI,
  SIOCDELMULTI,
  SIOCDEVPRIVATE,
  SIOCETHTOOL,
  SIOCGIFFLAGS,
  SIOCGIFHWADDR,
  SIOCGIFINDEX,
  SIOCGIFMAP,
  SIOCGIFMETRIC,
  SIOCGIFMTU,
  SIOCGIFNAME,
  SIOCGIFTXQLEN,
  SIOCGMIIPHY,
  SIOCGMIIREG,
  SIOCSIFFLAGS,
  SIOCSIFHWADDR,
  SIOCSIFHWBROADCAST,
  SIOCSIFMAP,
  SIOCSIFMTU,
  SIOCSIFNAME,
  SIOCSIFTXQLEN,
  SIOCSMIIREG,
} from "./if.ts";
import type { ifreq } from "./ifreq.ts";
import type { net_device } from "./net_device.ts";
import { netif_device_present } from "./netif.ts";
import { rtnl_lock, rtnl_unlock } from "./rtnl.ts";

const AF_UNSPEC = 0;

/** Commands that only read fields of the device; null: not one of them. */
function get_something(dev: net_device, ifr: ifreq, cmd: number): number | null {
  switch (cmd) {
    case SIOCGIFFLAGS:
      ifr.ifr_flags = dev_get_flags(dev);
      return 0;
    case SIOCGIFMETRIC:
      ifr.ifr_metric = 0;
      return 0;
    case SIOCGIFMTU:
      ifr.ifr_mtu = dev.mtu;
      return 0;
    case SIOCGIFHWADDR:
      ifr.ifr_hwaddr.sa_data = dev.dev_addr.slice(0, 6);
      ifr.ifr_hwaddr.sa_family = dev.type;
      return 0;
    case SIOCGIFINDEX:
      ifr.ifr_ifindex = dev.ifindex;
      return 0;
    case SIOCGIFTXQLEN:
      ifr.ifr_qlen = dev.tx_queue_len;
      return 0;
    case SIOCGIFMAP:
      ifr.ifr_map.mem_start = dev.mem_start;
      ifr.ifr_map.mem_end = dev.mem_end;
      ifr.ifr_map.base_addr = dev.base_addr;
      ifr.ifr_map.irq = dev.irq;
      ifr.ifr_map.dma = dev.dma;
      ifr.ifr_map.port = dev.if_port;
      return 0;
    default:
      return null;
  }
}

function set_config(dev: net_device, ifr: ifreq): number {
  if (dev.set_config === null) return -EOPNOTSUPP;
  if (!netif_device_present(dev)) return -ENODEV;
  return driver_call("set_config", dev, dev.set_config, dev, ifr.ifr_map);
}

function change_multicast(dev: net_device, ifr: ifreq, cmd: number): number {
  if (dev.set_multicast_list === null || ifr.ifr_hwaddr.sa_family !== AF_UNSPEC) return -EINVAL;
  if (!netif_device_present(dev)) return -ENODEV;
  const change = cmd === SIOCADDMULTI ? dev_mc_add : dev_mc_delete;
  return change(dev, ifr.ifr_hwaddr.sa_data, dev.addr_len, 1);
}

function private_ioctl(dev: net_device, ifr: ifreq, cmd: number): number {
  if (dev.do_ioctl === null) return -EOPNOTSUPP;
  if (!netif_device_present(dev)) return -ENODEV;
  return driver_call("do_ioctl", dev, dev.do_ioctl, dev, ifr, cmd);
}

/** Commands under rtnl (net/core/dev.c: dev_ifsioc). */
function set_something(dev: net_device, ifr: ifreq, cmd: number): number {
  switch (cmd) {
    case SIOCSIFFLAGS:
      return dev_change_flags(dev, ifr.ifr_flags);
    case SIOCSIFMTU:
      return dev_set_mtu(dev, ifr.ifr_mtu);
    case SIOCSIFHWADDR:
      return dev_set_mac_address(dev, ifr.ifr_hwaddr);
    case SIOCSIFHWBROADCAST:
      if (ifr.ifr_hwaddr.sa_family !== dev.type) return -EINVAL;
      dev.broadcast.set(ifr.ifr_hwaddr.sa_data.subarray(0, dev.addr_len));
      return 0;
    case SIOCSIFMAP:
      return set_config(dev, ifr);
    case SIOCADDMULTI:
    case SIOCDELMULTI:
      return change_multicast(dev, ifr, cmd);
    case SIOCSIFTXQLEN:
      if (ifr.ifr_qlen < 0) return -EINVAL;
      dev.tx_queue_len = ifr.ifr_qlen;
      return 0;
    case SIOCSIFNAME:
      return dev_change_name(dev, ifr.ifr_newname);
    case SIOCETHTOOL:
      return dev_ethtool(dev, ifr);
    default:
      return private_ioctl(dev, ifr, cmd);
  }
}

function is_known(cmd: number): boolean {
  if (cmd >= SIOCDEVPRIVATE && cmd <= SIOCDEVPRIVATE + 15) return true;
  switch (cmd) {
    case SIOCSIFFLAGS:
    case SIOCSIFMTU:
    case SIOCSIFHWADDR:
    case SIOCSIFHWBROADCAST:
    case SIOCSIFMAP:
    case SIOCADDMULTI:
    case SIOCDELMULTI:
    case SIOCSIFTXQLEN:
    case SIOCSIFNAME:
    case SIOCETHTOOL:
    case SIOCGMIIPHY:
    case SIOCGMIIREG:
    case SIOCSMIIREG:
      return true;
    default:
      return false;
  }
}

function get_name(ifr: ifreq): number {
  read_lock(dev_base_lock);
  const dev = __dev_get_by_index(ifr.ifr_ifindex);
  if (dev !== null) ifr.ifr_name = dev.name;
  read_unlock(dev_base_lock);
  return dev === null ? -ENODEV : 0;
}

/** An interface ioctl of a process; takes what locks it needs (net/core/dev.c: dev_ioctl). Returns 0 or more, or a negative errno. */
export function dev_ioctl(cmd: number, ifr: ifreq): number {
  if (cmd === SIOCGIFNAME) return get_name(ifr);
  read_lock(dev_base_lock);
  const found = __dev_get_by_name(ifr.ifr_name);
  const got = found === null ? null : get_something(found, ifr, cmd);
  read_unlock(dev_base_lock);
  if (got !== null) return got;
  if (!is_known(cmd)) return found === null ? -ENODEV : -EINVAL;
  rtnl_lock();
  const dev = __dev_get_by_name(ifr.ifr_name);
  const ret = dev === null ? -ENODEV : set_something(dev, ifr, cmd);
  rtnl_unlock();
  return ret;
}
