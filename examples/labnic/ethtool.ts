/* ethtool and the MII ioctls: all of them come with rtnl held. */
import { EINVAL } from "linux/errno";
import { type ethtool_cmd, type ethtool_drvinfo, ethtool_op_get_link, type ethtool_ops } from "linux/ethtool";
import type { ifreq } from "linux/if";
import { generic_mii_ioctl, if_mii, mii_ethtool_gset, mii_ethtool_sset, mii_nway_restart } from "linux/mii";
import { type net_device, netdev_priv, netif_running } from "linux/netdevice";
import { pci_name } from "linux/pci";
import type { labnic } from "./card.ts";

function labnic_get_drvinfo(dev: net_device, info: ethtool_drvinfo): void {
  info.driver = "labnic";
  info.version = "1.0";
  info.bus_info = pci_name(netdev_priv<labnic>(dev).pdev!);
}

function labnic_get_settings(dev: net_device, cmd: ethtool_cmd): number {
  return mii_ethtool_gset(netdev_priv<labnic>(dev).mii, cmd);
}

function labnic_set_settings(dev: net_device, cmd: ethtool_cmd): number {
  return mii_ethtool_sset(netdev_priv<labnic>(dev).mii, cmd);
}

function labnic_nway_reset(dev: net_device): number {
  return mii_nway_restart(netdev_priv<labnic>(dev).mii);
}

export const labnic_ethtool_ops: ethtool_ops = {
  get_drvinfo: labnic_get_drvinfo,
  get_link: ethtool_op_get_link,
  get_settings: labnic_get_settings,
  set_settings: labnic_set_settings,
  nway_reset: labnic_nway_reset,
};

/** dev.do_ioctl: the registers of the PHY. */
export function labnic_ioctl(dev: net_device, rq: ifreq, cmd: number): number {
  if (!netif_running(dev)) return -EINVAL;
  return generic_mii_ioctl(netdev_priv<labnic>(dev).mii, if_mii(rq), cmd, null);
}
