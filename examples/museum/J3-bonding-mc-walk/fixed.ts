/*
 * bonding, 2008, mended: the walk holds the bond's xmit_lock (re-tells commit 80ee5ad23150). dev_mc_add() takes the
 * slave's xmit_lock inside it: the same kind of lock of another device, always in this order, which is no deadlock.
 */
// @lab nic=none workload=./enslave.ts
// @expect none
import { EOPNOTSUPP } from "linux/errno";
import type { ifreq } from "linux/if";
import { module_exit, module_init } from "linux/module";
import {
  dev_get_by_name,
  dev_mc_add,
  dev_mc_delete,
  type dev_mc_list,
  dev_put,
  type net_device,
  netdev_priv,
} from "linux/netdevice";
import { SIOCDEVPRIVATE } from "linux/sockios";
import { spin_lock_bh, spin_unlock_bh } from "linux/spinlock";
import { plain_open, plain_stop, plain_xmit } from "../base/plain.ts";
import { register_devices, unregister_devices } from "../base/software.ts";

class bonding {
  slave = "";
}

/* Copies the bond's addresses to a slave, or takes them away again. */
function bond_mc_list(bond: net_device, slave: net_device, add: boolean): void {
  spin_lock_bh(bond.xmit_lock);
  for (let mc: dev_mc_list | null = bond.mc_list; mc !== null; mc = mc.next) {
    if (add) dev_mc_add(slave, mc.dmi_addr, mc.dmi_addrlen, 0);
    else dev_mc_delete(slave, mc.dmi_addr, mc.dmi_addrlen, 0);
  }
  spin_unlock_bh(bond.xmit_lock);
}

/* The private ioctls: enslave, and release; rtnl is held. */
function bond_do_ioctl(bond: net_device, ifr: ifreq, cmd: number): number {
  if (cmd !== SIOCDEVPRIVATE && cmd !== SIOCDEVPRIVATE + 1) return -EOPNOTSUPP;
  const slave = dev_get_by_name(netdev_priv<bonding>(bond).slave || String(ifr.ifr_data));
  if (slave === null) return -EOPNOTSUPP;
  bond_mc_list(bond, slave, cmd === SIOCDEVPRIVATE);
  dev_put(slave);
  return 0;
}

function bond_set_multicast_list(_dev: net_device): void {
  // the slaves are told when they are enslaved
}

function bond_setup(dev: net_device): void {
  dev.open = plain_open;
  dev.stop = plain_stop;
  dev.hard_start_xmit = plain_xmit;
  dev.do_ioctl = bond_do_ioctl;
  dev.set_multicast_list = bond_set_multicast_list;
}

const bonding_driver = { priv: bonding, count: 2, setup: bond_setup };
module_init(() => register_devices(bonding_driver));
module_exit(() => unregister_devices(bonding_driver));
