/*
 * fec, 2009: a completion callback queues the next command and takes the lock that is held around it.
 *
 * Commands for the PHY wait in a list; the interrupt handler takes the finished one off, calls its callback and starts
 * the next, all under mii_lock. The callback that discovers the PHY goes on to ask for its second id register with
 * mii_queue(), which takes mii_lock again: the processor spins on itself with interrupts off.
 * Mended by mii_queue_unlocked() for callers inside the lock (re-tells commit 84177a207990).
 */
// @lab nic=none
// @expect lock-recursion
import { alloc_irq, raise_irq } from "lab/irq";
import { dev_kfree_skb } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED, request_irq } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import {
  spin_lock,
  spin_lock_init,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_irqrestore,
  spinlock_t,
} from "linux/spinlock";
import { register_devices, unregister_devices } from "../base/software.ts";

const MII_PHYSID1 = 2;
const MII_PHYSID2 = 3;

type mii_func = (reg: number, dev: net_device) => void;

class mii_cmd {
  reg = 0;
  func: mii_func | null = null;
  next: mii_cmd | null = null;
}

class fec_priv {
  mii_lock = new spinlock_t();
  mii_head: mii_cmd | null = null;
  mii_tail: mii_cmd | null = null;
  irq = 0;
  phy_id = 0;
}

/* Puts a command at the end of the list, and starts it if the list was empty. Caller holds mii_lock. */
function mii_queue_unlocked(fep: fec_priv, reg: number, func: mii_func): void {
  const cmd = new mii_cmd();
  cmd.reg = reg;
  cmd.func = func;
  if (fep.mii_tail !== null) fep.mii_tail.next = cmd;
  else {
    fep.mii_head = cmd;
    raise_irq(fep.irq); // the management unit is fast: done at once
  }
  fep.mii_tail = cmd;
}

function mii_queue(dev: net_device, reg: number, func: mii_func): void {
  const fep = netdev_priv<fec_priv>(dev);
  const flags = spin_lock_irqsave(fep.mii_lock);
  mii_queue_unlocked(fep, reg, func);
  spin_unlock_irqrestore(fep.mii_lock, flags);
}

function mii_discover_phy3(_reg: number, dev: net_device): void {
  netdev_priv<fec_priv>(dev).phy_id |= 0x5c01;
}

function mii_discover_phy(_reg: number, dev: net_device): void {
  netdev_priv<fec_priv>(dev).phy_id = 0x0022 << 16;
  mii_queue(dev, MII_PHYSID2, mii_discover_phy3); // BUG: the handler that calls this holds mii_lock
}

function fec_enet_mii(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const fep = netdev_priv<fec_priv>(dev);
  spin_lock(fep.mii_lock);
  const cmd = fep.mii_head;
  if (cmd !== null) {
    cmd.func!(cmd.reg, dev);
    fep.mii_head = cmd.next;
    if (fep.mii_head !== null) raise_irq(fep.irq);
    else fep.mii_tail = null;
  }
  spin_unlock(fep.mii_lock);
  return IRQ_HANDLED;
}

function fec_enet_open(dev: net_device): number {
  const err = request_irq(dev.irq, fec_enet_mii, 0, dev.name, dev);
  if (err) return err;
  mii_queue(dev, MII_PHYSID1, mii_discover_phy);
  netif_start_queue(dev);
  return 0;
}

function fec_enet_close(dev: net_device): number {
  const fep = netdev_priv<fec_priv>(dev);
  netif_stop_queue(dev);
  free_irq(dev.irq, dev);
  fep.mii_head = null;
  fep.mii_tail = null;
  return 0;
}

function fec_enet_start_xmit(skb: sk_buff, dev: net_device): number {
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

function fec_setup(dev: net_device): void {
  const fep = netdev_priv<fec_priv>(dev);
  spin_lock_init(fep.mii_lock);
  fep.irq = alloc_irq();
  dev.irq = fep.irq;
  dev.open = fec_enet_open;
  dev.stop = fec_enet_close;
  dev.hard_start_xmit = fec_enet_start_xmit;
}

const fec_driver = { priv: fec_priv, setup: fec_setup };
module_init(() => register_devices(fec_driver));
module_exit(() => unregister_devices(fec_driver));
