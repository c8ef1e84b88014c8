/** ethtool (net/core/ethtool.c): under rtnl, `begin` first, `complete` last. */
import { driver_call } from "machine";
import { EFAULT, EINVAL, ENODEV, EOPNOTSUPP } from "../../lib/errno.ts";
import { c_string } from "../../lib/vsprintf.ts";
import * as command from "./ethtool_constants.ts";
import {
  ethtool_cmd,
  ethtool_coalesce,
  ethtool_drvinfo,
  type ethtool_eeprom,
  type ethtool_gstrings,
  type ethtool_ops,
  ethtool_pauseparam,
  type ethtool_perm_addr,
  type ethtool_regs,
  ethtool_ringparam,
  type ethtool_stats,
  type ethtool_test,
  ethtool_wolinfo,
} from "./ethtool_types.ts";
import type { ifreq } from "./ifreq.ts";
import { need_dev, type net_device } from "./net_device.ts";
import {
  NETIF_F_HW_CSUM,
  NETIF_F_IP_CSUM,
  NETIF_F_NO_CSUM,
  NETIF_F_SG,
  NETIF_F_TSO,
} from "./netdev_constants.ts";
import { netif_carrier_ok, netif_device_present } from "./netif.ts";

interface request {
  cmd: number;
  data?: unknown;
}

/** One result for a command with a struct: the driver fills a copy, which goes back to the caller. */
function with_struct<T extends object>(
  dev: net_device,
  name: string,
  op: ((dev: net_device, arg: T) => unknown) | null | undefined,
  arg: T,
  user: request,
): number {
  if (!op) return -EOPNOTSUPP;
  Object.assign(arg, user);
  const result = driver_call(name, dev, op, dev, arg);
  if (typeof result === "number" && result < 0) return result;
  Object.assign(user, arg);
  return typeof result === "number" ? result : 0;
}

function get_value(
  dev: net_device,
  name: string,
  op: ((dev: net_device) => number) | null | undefined,
  user: request,
): number {
  if (!op) return -EOPNOTSUPP;
  user.data = driver_call(name, dev, op, dev);
  return 0;
}

function set_value(
  dev: net_device,
  name: string,
  op: ((dev: net_device, value: number) => unknown) | null | undefined,
  user: request,
): number {
  if (!op) return -EOPNOTSUPP;
  const result = driver_call(name, dev, op, dev, Number(user.data));
  return typeof result === "number" ? result : 0;
}

function get_strings(dev: net_device, ops: ethtool_ops, user: ethtool_gstrings): number {
  if (!ops.get_strings) return -EOPNOTSUPP;
  const test = user.string_set === command.ETH_SS_TEST;
  const count = test ? ops.self_test_count : ops.get_stats_count;
  if (!count) return -EOPNOTSUPP;
  user.len = driver_call(test ? "self_test_count" : "get_stats_count", dev, count, dev);
  const data: string[] = Array.from({ length: user.len }, () => "");
  driver_call("get_strings", dev, ops.get_strings, dev, user.string_set, data);
  user.data = data;
  return 0;
}

function get_stats(dev: net_device, ops: ethtool_ops, user: ethtool_stats): number {
  if (!ops.get_ethtool_stats || !ops.get_stats_count) return -EOPNOTSUPP;
  user.n_stats = driver_call("get_stats_count", dev, ops.get_stats_count, dev);
  const data: number[] = Array.from({ length: user.n_stats }, () => 0);
  driver_call("get_ethtool_stats", dev, ops.get_ethtool_stats, dev, user, data);
  user.data = data;
  return 0;
}

function self_test(dev: net_device, ops: ethtool_ops, user: ethtool_test): number {
  if (!ops.self_test || !ops.self_test_count) return -EOPNOTSUPP;
  user.len = driver_call("self_test_count", dev, ops.self_test_count, dev);
  const data: number[] = Array.from({ length: user.len }, () => 0);
  driver_call("self_test", dev, ops.self_test, dev, user, data);
  user.data = data;
  return 0;
}

function get_regs(dev: net_device, ops: ethtool_ops, user: ethtool_regs): number {
  if (!ops.get_regs || !ops.get_regs_len) return -EOPNOTSUPP;
  user.len = driver_call("get_regs_len", dev, ops.get_regs_len, dev);
  user.data = new Uint8Array(user.len);
  driver_call("get_regs", dev, ops.get_regs, dev, user, user.data);
  return 0;
}

function eeprom(dev: net_device, ops: ethtool_ops, user: ethtool_eeprom, set: boolean): number {
  const op = set ? ops.set_eeprom : ops.get_eeprom;
  if (!op || !ops.get_eeprom_len) return -EOPNOTSUPP;
  const length = driver_call("get_eeprom_len", dev, ops.get_eeprom_len, dev);
  if (user.offset + user.len > length) return -EINVAL;
  if (!set) user.data = new Uint8Array(user.len);
  return driver_call(set ? "set_eeprom" : "get_eeprom", dev, op, dev, user, user.data);
}

function get_drvinfo(dev: net_device, ops: ethtool_ops, user: request): number {
  if (!ops.get_drvinfo) return -EOPNOTSUPP;
  const info = new ethtool_drvinfo();
  info.cmd = user.cmd;
  driver_call("get_drvinfo", dev, ops.get_drvinfo, dev, info);
  if (ops.self_test_count) info.testinfo_len = driver_call("self_test_count", dev, ops.self_test_count, dev);
  if (ops.get_stats_count) info.n_stats = driver_call("get_stats_count", dev, ops.get_stats_count, dev);
  if (ops.get_regs_len) info.regdump_len = driver_call("get_regs_len", dev, ops.get_regs_len, dev);
  if (ops.get_eeprom_len) info.eedump_len = driver_call("get_eeprom_len", dev, ops.get_eeprom_len, dev);
  const { cmd, n_stats, testinfo_len, eedump_len, regdump_len } = info;
  Object.assign(user, { cmd, n_stats, testinfo_len, eedump_len, regdump_len });
  for (const [name, text] of Object.entries(info.texts)) Object.assign(user, { [name]: c_string(text) });
  return 0;
}

function perm_addr(dev: net_device, ops: ethtool_ops, user: ethtool_perm_addr): number {
  if (!ops.get_perm_addr) return -EOPNOTSUPP;
  user.size = dev.addr_len;
  user.data = new Uint8Array(dev.addr_len);
  return driver_call("get_perm_addr", dev, ops.get_perm_addr, dev, user, user.data);
}

function dispatch(dev: net_device, ops: ethtool_ops, user: request): number {
  switch (user.cmd) {
    case command.ETHTOOL_GSET:
      return with_struct(dev, "get_settings", ops.get_settings, new ethtool_cmd(), user);
    case command.ETHTOOL_SSET:
      return with_struct(dev, "set_settings", ops.set_settings, new ethtool_cmd(), user);
    case command.ETHTOOL_GDRVINFO:
      return get_drvinfo(dev, ops, user);
    case command.ETHTOOL_GREGS:
      return get_regs(dev, ops, user as ethtool_regs);
    case command.ETHTOOL_GWOL:
      return with_struct(dev, "get_wol", ops.get_wol, new ethtool_wolinfo(), user);
    case command.ETHTOOL_SWOL:
      return with_struct(dev, "set_wol", ops.set_wol, new ethtool_wolinfo(), user);
    case command.ETHTOOL_GMSGLVL:
      return get_value(dev, "get_msglevel", ops.get_msglevel, user);
    case command.ETHTOOL_SMSGLVL:
      return set_value(dev, "set_msglevel", ops.set_msglevel, user);
    case command.ETHTOOL_NWAY_RST:
      return ops.nway_reset ? driver_call("nway_reset", dev, ops.nway_reset, dev) : -EOPNOTSUPP;
    case command.ETHTOOL_GLINK:
      return get_value(dev, "get_link", ops.get_link, user);
    case command.ETHTOOL_GEEPROM:
      return eeprom(dev, ops, user as ethtool_eeprom, false);
    case command.ETHTOOL_SEEPROM:
      return eeprom(dev, ops, user as ethtool_eeprom, true);
    case command.ETHTOOL_GCOALESCE:
      return with_struct(dev, "get_coalesce", ops.get_coalesce, new ethtool_coalesce(), user);
    case command.ETHTOOL_SCOALESCE:
      return with_struct(dev, "set_coalesce", ops.set_coalesce, new ethtool_coalesce(), user);
    case command.ETHTOOL_GRINGPARAM:
      return with_struct(dev, "get_ringparam", ops.get_ringparam, new ethtool_ringparam(), user);
    case command.ETHTOOL_SRINGPARAM:
      return with_struct(dev, "set_ringparam", ops.set_ringparam, new ethtool_ringparam(), user);
    case command.ETHTOOL_GPAUSEPARAM:
      return with_struct(dev, "get_pauseparam", ops.get_pauseparam, new ethtool_pauseparam(), user);
    case command.ETHTOOL_SPAUSEPARAM:
      return with_struct(dev, "set_pauseparam", ops.set_pauseparam, new ethtool_pauseparam(), user);
    case command.ETHTOOL_TEST:
      return self_test(dev, ops, user as ethtool_test);
    case command.ETHTOOL_GSTRINGS:
      return get_strings(dev, ops, user as ethtool_gstrings);
    case command.ETHTOOL_PHYS_ID:
      return set_value(dev, "phys_id", ops.phys_id, user);
    case command.ETHTOOL_GSTATS:
      return get_stats(dev, ops, user as ethtool_stats);
    case command.ETHTOOL_GPERMADDR:
      return perm_addr(dev, ops, user as ethtool_perm_addr);
    default:
      return offloads(dev, ops, user);
  }
}

function offloads(dev: net_device, ops: ethtool_ops, user: request): number {
  switch (user.cmd) {
    case command.ETHTOOL_GRXCSUM:
      return get_value(dev, "get_rx_csum", ops.get_rx_csum, user);
    case command.ETHTOOL_SRXCSUM:
      return set_value(dev, "set_rx_csum", ops.set_rx_csum, user);
    case command.ETHTOOL_GTXCSUM:
      return get_value(dev, "get_tx_csum", ops.get_tx_csum, user);
    case command.ETHTOOL_STXCSUM:
      return set_value(dev, "set_tx_csum", ops.set_tx_csum, user);
    case command.ETHTOOL_GSG:
      return get_value(dev, "get_sg", ops.get_sg, user);
    case command.ETHTOOL_SSG:
      if (user.data && !(dev.features & (NETIF_F_IP_CSUM | NETIF_F_NO_CSUM | NETIF_F_HW_CSUM)))
        return -EINVAL;
      return set_value(dev, "set_sg", ops.set_sg, user);
    case command.ETHTOOL_GTSO:
      return get_value(dev, "get_tso", ops.get_tso, user);
    case command.ETHTOOL_STSO:
      if (user.data && !(dev.features & NETIF_F_SG)) return -EINVAL;
      return set_value(dev, "set_tso", ops.set_tso, user);
    default:
      return -EOPNOTSUPP;
  }
}

/** SIOCETHTOOL: `ifr.ifr_data` is an object with `cmd` and the command's fields (net/core/ethtool.c: dev_ethtool). rtnl held. */
export function dev_ethtool(dev: net_device, ifr: ifreq): number {
  if (!netif_device_present(dev)) return -ENODEV;
  const ops = dev.ethtool_ops;
  if (ops === null || ops === undefined) return -EOPNOTSUPP;
  const user = ifr.ifr_data;
  if (typeof user !== "object" || user === null || typeof (user as request).cmd !== "number") return -EFAULT;
  if (ops.begin) {
    const err = driver_call("begin", dev, ops.begin, dev);
    if (err < 0) return err;
  }
  const result = dispatch(dev, ops, user as request);
  if (ops.complete) driver_call("complete", dev, ops.complete, dev);
  return result;
}

/** Sets the device's ethtool operations. @context before registering. Linux include/linux/netdevice.h: SET_ETHTOOL_OPS */
export function SET_ETHTOOL_OPS(dev: net_device, ops: ethtool_ops): void {
  need_dev("SET_ETHTOOL_OPS", dev);
  dev.ethtool_ops = ops;
}

/** get_link for drivers that keep the carrier. @context any. Linux net/core/ethtool.c: ethtool_op_get_link */
export function ethtool_op_get_link(dev: net_device): number {
  return netif_carrier_ok(dev) ? 1 : 0;
}

/** get_tx_csum from `dev.features`. @context any. Linux net/core/ethtool.c: ethtool_op_get_tx_csum */
export function ethtool_op_get_tx_csum(dev: net_device): number {
  need_dev("ethtool_op_get_tx_csum", dev);
  return dev.features & NETIF_F_IP_CSUM ? 1 : 0;
}

/** set_tx_csum into `dev.features`. @context rtnl held. Linux net/core/ethtool.c: ethtool_op_set_tx_csum */
export function ethtool_op_set_tx_csum(dev: net_device, data: number): number {
  return set_feature("ethtool_op_set_tx_csum", dev, NETIF_F_IP_CSUM, data);
}

/** set_tx_csum for NETIF_F_HW_CSUM. @context rtnl held. Linux net/core/ethtool.c: ethtool_op_set_tx_hw_csum */
export function ethtool_op_set_tx_hw_csum(dev: net_device, data: number): number {
  return set_feature("ethtool_op_set_tx_hw_csum", dev, NETIF_F_HW_CSUM, data);
}

/** get_sg from `dev.features`. @context any. Linux net/core/ethtool.c: ethtool_op_get_sg */
export function ethtool_op_get_sg(dev: net_device): number {
  need_dev("ethtool_op_get_sg", dev);
  return dev.features & NETIF_F_SG ? 1 : 0;
}

/** set_sg into `dev.features`. @context rtnl held. Linux net/core/ethtool.c: ethtool_op_set_sg */
export function ethtool_op_set_sg(dev: net_device, data: number): number {
  return set_feature("ethtool_op_set_sg", dev, NETIF_F_SG, data);
}

/** get_tso from `dev.features`. @context any. Linux net/core/ethtool.c: ethtool_op_get_tso */
export function ethtool_op_get_tso(dev: net_device): number {
  need_dev("ethtool_op_get_tso", dev);
  return dev.features & NETIF_F_TSO ? 1 : 0;
}

/** set_tso into `dev.features`. @context rtnl held. Linux net/core/ethtool.c: ethtool_op_set_tso */
export function ethtool_op_set_tso(dev: net_device, data: number): number {
  return set_feature("ethtool_op_set_tso", dev, NETIF_F_TSO, data);
}

/** get_perm_addr from `dev.perm_addr`. @context any. Linux net/core/ethtool.c: ethtool_op_get_perm_addr */
export function ethtool_op_get_perm_addr(dev: net_device, addr: ethtool_perm_addr, data: Uint8Array): number {
  need_dev("ethtool_op_get_perm_addr", dev);
  if (addr.size < dev.addr_len) return -EINVAL;
  data.set(dev.perm_addr.subarray(0, dev.addr_len));
  return 0;
}

function set_feature(fn: string, dev: net_device, feature: number, on: number): number {
  need_dev(fn, dev);
  if (on) dev.features |= feature;
  else dev.features &= ~feature;
  return 0;
}
