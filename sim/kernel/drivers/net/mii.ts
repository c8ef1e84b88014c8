/** Help for drivers whose PHY speaks MII (drivers/net/mii.c). */

import { check_arg } from "../../kernel/misuse.ts";
import { KERN_INFO, printk } from "../../kernel/printk.ts";
import { EINVAL, EOPNOTSUPP } from "../../lib/errno.ts";
import * as ethtool from "../../net/core/ethtool_constants.ts";
import type { ethtool_cmd } from "../../net/core/ethtool_types.ts";
import { SIOCDEVPRIVATE, SIOCGMIIPHY, SIOCGMIIREG, SIOCSMIIREG } from "../../net/core/if.ts";
import type { ifreq } from "../../net/core/ifreq.ts";
import type { net_device } from "../../net/core/net_device.ts";
import { netif_carrier_off, netif_carrier_ok, netif_carrier_on } from "../../net/core/netif.ts";
import * as mii from "./mii_regs.ts";

/** What the helpers must know of a PHY. The driver fills it in; `mdio_read` and `mdio_write` need the driver's own locks. */
export class mii_if_info {
  phy_id = 0;
  advertising = 0;
  phy_id_mask = 0;
  reg_num_mask = 0;
  full_duplex = 0;
  force_media = 0;
  supports_gmii = 0;
  dev: net_device | null = null;
  mdio_read: ((dev: net_device, phy_id: number, location: number) => number) | null = null;
  mdio_write: ((dev: net_device, phy_id: number, location: number, val: number) => void) | null = null;
}

/** Argument of the MII ioctls: `ifr.ifr_data`. */
export class mii_ioctl_data {
  phy_id = 0;
  reg_num = 0;
  val_in = 0;
  val_out = 0;
}

/** The MII argument of a request. @context any. Linux include/linux/mii.h: if_mii */
export function if_mii(rq: ifreq): mii_ioctl_data {
  check_arg("if_mii", "ifr.ifr_data", rq.ifr_data, "object");
  return rq.ifr_data as mii_ioctl_data;
}

function read(info: mii_if_info, location: number): number {
  check_arg("mii", "mii_if_info", info, mii_if_info);
  check_arg("mii", "mdio_read", info.mdio_read, "function");
  return info.mdio_read!(info.dev!, info.phy_id, location);
}

function write(info: mii_if_info, location: number, value: number): void {
  check_arg("mii", "mdio_write", info.mdio_write, "function");
  info.mdio_write!(info.dev!, info.phy_id, location, value);
}

/** 1 if the PHY has link (the status bit is latched, so it is read twice). @context as mdio_read. Linux drivers/net/mii.c: mii_link_ok */
export function mii_link_ok(info: mii_if_info): number {
  read(info, mii.MII_BMSR);
  return read(info, mii.MII_BMSR) & mii.BMSR_LSTATUS ? 1 : 0;
}

/** Restarts autonegotiation. @returns 0, or -EINVAL if it is off @context as mdio_read. Linux drivers/net/mii.c: mii_nway_restart */
export function mii_nway_restart(info: mii_if_info): number {
  const bmcr = read(info, mii.MII_BMCR);
  if (!(bmcr & mii.BMCR_ANENABLE)) return -EINVAL;
  write(info, mii.MII_BMCR, bmcr | mii.BMCR_ANRESTART);
  return 0;
}

/** The best of what both sides can do: one LPA bit. @context any. Linux include/linux/mii.h: mii_nway_result */
export function mii_nway_result(negotiated: number): number {
  if (negotiated & mii.LPA_100FULL) return mii.LPA_100FULL;
  if (negotiated & mii.LPA_100HALF) return mii.LPA_100HALF;
  return negotiated & mii.LPA_10FULL ? mii.LPA_10FULL : mii.LPA_10HALF;
}

/** 1 for full duplex. @context any. Linux include/linux/mii.h: mii_duplex */
export function mii_duplex(duplex_lock: number, negotiated: number): number {
  return duplex_lock || mii_nway_result(negotiated) & mii.LPA_DUPLEX ? 1 : 0;
}

/** Keeps the carrier in step with the PHY's link. @context process or softirq. Linux drivers/net/mii.c: mii_check_link */
export function mii_check_link(info: mii_if_info): void {
  const link = mii_link_ok(info);
  const carrier = netif_carrier_ok(info.dev!);
  if (link && !carrier) netif_carrier_on(info.dev!);
  else if (!link && carrier) netif_carrier_off(info.dev!);
}

/** Keeps carrier and duplex in step with the PHY. @returns 1 if the duplex changed @context process or softirq. Linux drivers/net/mii.c: mii_check_media */
export function mii_check_media(info: mii_if_info, ok_to_print: number, init_media: number): number {
  if (info.force_media) return 0;
  const dev = info.dev!;
  const new_carrier = mii_link_ok(info);
  if (!init_media && (netif_carrier_ok(dev) ? 1 : 0) === new_carrier) return 0;
  if (!new_carrier) {
    netif_carrier_off(dev);
    if (ok_to_print) printk(`${KERN_INFO}${dev.name}: link down\n`);
    return 0;
  }
  netif_carrier_on(dev);
  const lpa = read(info, mii.MII_LPA);
  const media = mii_nway_result(lpa & read(info, mii.MII_ADVERTISE));
  const duplex = media & mii.ADVERTISE_FULL & ~1 ? 1 : 0;
  if (ok_to_print) {
    const speed = media & mii.LPA_100 ? "100" : "10";
    printk(
      `${KERN_INFO}${dev.name}: link up, ${speed}Mbps, ${duplex ? "full" : "half"}-duplex, lpa 0x${lpa.toString(16).toUpperCase().padStart(4, "0")}\n`,
    );
  }
  if (!init_media && info.full_duplex === duplex) return 0;
  info.full_duplex = duplex;
  return 1;
}

/** get_settings from the PHY's registers. @returns 0 @context rtnl held. Linux drivers/net/mii.c: mii_ethtool_gset */
export function mii_ethtool_gset(info: mii_if_info, ecmd: ethtool_cmd): number {
  const all =
    ethtool.SUPPORTED_10baseT_Half |
    ethtool.SUPPORTED_10baseT_Full |
    ethtool.SUPPORTED_100baseT_Half |
    ethtool.SUPPORTED_100baseT_Full;
  ecmd.supported = all | ethtool.SUPPORTED_Autoneg | ethtool.SUPPORTED_TP | ethtool.SUPPORTED_MII;
  ecmd.port = ethtool.PORT_MII;
  ecmd.transceiver = ethtool.XCVR_INTERNAL;
  ecmd.phy_address = info.phy_id;
  const advert = read(info, mii.MII_ADVERTISE);
  ecmd.advertising = ethtool.ADVERTISED_TP | ethtool.ADVERTISED_MII | advertised(advert);
  const bmcr = read(info, mii.MII_BMCR);
  if (bmcr & mii.BMCR_ANENABLE) {
    ecmd.advertising |= ethtool.ADVERTISED_Autoneg;
    ecmd.autoneg = ethtool.AUTONEG_ENABLE;
    const media = mii_nway_result(advert & read(info, mii.MII_LPA));
    ecmd.speed = media & mii.LPA_100 ? ethtool.SPEED_100 : ethtool.SPEED_10;
    ecmd.duplex = media & mii.LPA_DUPLEX ? ethtool.DUPLEX_FULL : ethtool.DUPLEX_HALF;
    info.full_duplex = ecmd.duplex;
  } else {
    ecmd.autoneg = ethtool.AUTONEG_DISABLE;
    ecmd.speed = bmcr & mii.BMCR_SPEED100 ? ethtool.SPEED_100 : ethtool.SPEED_10;
    ecmd.duplex = bmcr & mii.BMCR_FULLDPLX ? ethtool.DUPLEX_FULL : ethtool.DUPLEX_HALF;
  }
  return 0;
}

function advertised(advert: number): number {
  let bits = 0;
  if (advert & mii.ADVERTISE_10HALF) bits |= ethtool.ADVERTISED_10baseT_Half;
  if (advert & mii.ADVERTISE_10FULL) bits |= ethtool.ADVERTISED_10baseT_Full;
  if (advert & mii.ADVERTISE_100HALF) bits |= ethtool.ADVERTISED_100baseT_Half;
  if (advert & mii.ADVERTISE_100FULL) bits |= ethtool.ADVERTISED_100baseT_Full;
  return bits;
}

/** set_settings into the PHY's registers. @returns 0, or -EINVAL @context rtnl held. Linux drivers/net/mii.c: mii_ethtool_sset */
export function mii_ethtool_sset(info: mii_if_info, ecmd: ethtool_cmd): number {
  if (ecmd.speed !== ethtool.SPEED_10 && ecmd.speed !== ethtool.SPEED_100) return -EINVAL;
  if (ecmd.duplex !== ethtool.DUPLEX_HALF && ecmd.duplex !== ethtool.DUPLEX_FULL) return -EINVAL;
  if (ecmd.port !== ethtool.PORT_MII || ecmd.transceiver !== ethtool.XCVR_INTERNAL) return -EINVAL;
  if (ecmd.phy_address !== info.phy_id) return -EINVAL;
  const bmcr = read(info, mii.MII_BMCR);
  if (ecmd.autoneg === ethtool.AUTONEG_ENABLE) {
    const advert = read(info, mii.MII_ADVERTISE) & ~mii.ADVERTISE_ALL;
    write(info, mii.MII_ADVERTISE, advert | advertise_bits(ecmd.advertising));
    write(info, mii.MII_BMCR, bmcr | mii.BMCR_ANENABLE | mii.BMCR_ANRESTART);
    info.force_media = 0;
    return 0;
  }
  let forced = bmcr & ~(mii.BMCR_ANENABLE | mii.BMCR_SPEED100 | mii.BMCR_FULLDPLX);
  if (ecmd.speed === ethtool.SPEED_100) forced |= mii.BMCR_SPEED100;
  if (ecmd.duplex === ethtool.DUPLEX_FULL) forced |= mii.BMCR_FULLDPLX;
  write(info, mii.MII_BMCR, forced);
  info.full_duplex = ecmd.duplex;
  info.force_media = 1;
  return 0;
}

function advertise_bits(advertising: number): number {
  let bits = 0;
  if (advertising & ethtool.ADVERTISED_10baseT_Half) bits |= mii.ADVERTISE_10HALF;
  if (advertising & ethtool.ADVERTISED_10baseT_Full) bits |= mii.ADVERTISE_10FULL;
  if (advertising & ethtool.ADVERTISED_100baseT_Half) bits |= mii.ADVERTISE_100HALF;
  if (advertising & ethtool.ADVERTISED_100baseT_Full) bits |= mii.ADVERTISE_100FULL;
  return bits;
}

/**
 * The MII ioctls: SIOCGMIIPHY, SIOCGMIIREG, SIOCSMIIREG. `duplex_changed` (if given) gets 1 when a write changed the duplex.
 * @returns 0, or -EOPNOTSUPP for another command
 * @context rtnl held. Linux drivers/net/mii.c: generic_mii_ioctl
 */
export function generic_mii_ioctl(
  info: mii_if_info,
  data: mii_ioctl_data,
  cmd: number,
  duplex_changed: { v: number } | null = null,
): number {
  if (duplex_changed !== null) duplex_changed.v = 0;
  data.phy_id &= info.phy_id_mask;
  data.reg_num &= info.reg_num_mask;
  switch (cmd) {
    case SIOCGMIIPHY:
    case SIOCDEVPRIVATE:
      data.phy_id = info.phy_id;
      data.val_out = info.mdio_read!(info.dev!, data.phy_id, data.reg_num);
      return 0;
    case SIOCGMIIREG:
    case SIOCDEVPRIVATE + 1:
      data.val_out = info.mdio_read!(info.dev!, data.phy_id, data.reg_num);
      return 0;
    case SIOCSMIIREG:
    case SIOCDEVPRIVATE + 2:
      if (data.phy_id === info.phy_id) note_write(info, data, duplex_changed);
      info.mdio_write!(info.dev!, data.phy_id, data.reg_num, data.val_in);
      return 0;
    default:
      return -EOPNOTSUPP;
  }
}

function note_write(info: mii_if_info, data: mii_ioctl_data, duplex_changed: { v: number } | null): void {
  if (data.reg_num === mii.MII_ADVERTISE) info.advertising = data.val_in;
  if (data.reg_num !== mii.MII_BMCR) return;
  info.force_media = data.val_in & (mii.BMCR_RESET | mii.BMCR_ANENABLE) ? 0 : 1;
  const duplex = info.force_media && data.val_in & mii.BMCR_FULLDPLX ? 1 : 0;
  if (info.full_duplex !== duplex && duplex_changed !== null) duplex_changed.v = 1;
  if (info.force_media) info.full_duplex = duplex;
}
