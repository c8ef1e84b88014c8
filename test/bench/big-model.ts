/** A driver model of about 2,000 lines, correct but for what is planted in it. */

interface Plant {
  readonly rule: string;
  /** The correct line, and what stands there instead. */
  readonly from: string;
  readonly to: string;
  readonly and?: readonly [string, string];
}

const PLANTS: readonly Plant[] = [
  { rule: "ctx-gfp", from: "kmalloc(64, GFP_ATOMIC)", to: "kmalloc(64, GFP_KERNEL)" },
  { rule: "lock-leak", from: "spin_unlock_irqrestore(p.lock, flags); // full", to: "// full" },
  { rule: "skb-errno-ret", from: "return NETDEV_TX_BUSY;", to: "return -ENOMEM;" },
  { rule: "skb-leak-tx", from: "p.skb = skb;", to: "p.bytes = skb.len;" },
  {
    rule: "lock-irq-self",
    from: "const saved = spin_lock_irqsave(p.lock);",
    to: "spin_lock(p.lock);",
    and: ["spin_unlock_irqrestore(p.lock, saved)", "spin_unlock(p.lock)"],
  },
  { rule: "ctx-sleep-atomic", from: "udelay(5);", to: "msleep(5);" },
  { rule: "rtnl-recursion", from: "p.mtu = mtu;", to: "rtnl_lock();" },
  { rule: "skb-free-hardirq", from: "dev_kfree_skb_irq(done);", to: "dev_kfree_skb(done);" },
  { rule: "stat-null", from: "return p.stats;", to: "return null;" },
  { rule: "life-open-fail-unwind", from: "free_irq(dev.irq, dev); // unwind", to: "// unwind" },
];

export interface BigModel {
  readonly text: string;
  /** Rule and line of what is planted. */
  readonly planted: readonly { readonly rule: string; readonly part: number }[];
}

const IMPORTS = `import { alloc_irq, raise_irq } from "lab/irq";
import { udelay, msleep } from "linux/delay";
import { EINVAL, ENOMEM } from "linux/errno";
import { alloc_etherdev, dev_kfree_skb, dev_kfree_skb_any, dev_kfree_skb_irq } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED, IRQ_NONE, request_irq, SA_SHIRQ } from "linux/interrupt";
import { HZ, jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import { free_netdev, NETDEV_TX_BUSY, NETDEV_TX_OK, type net_device, net_device_stats, netdev_priv, netif_running, netif_start_queue, netif_stop_queue, netif_wake_queue, register_netdev, unregister_netdev } from "linux/netdevice";
import { rtnl_lock } from "linux/rtnetlink";
import type { sk_buff } from "linux/skbuff";
import { GFP_ATOMIC, GFP_KERNEL, kfree, kmalloc } from "linux/slab";
import { spin_lock, spin_lock_init, spin_lock_irqsave, spin_unlock, spin_unlock_irqrestore, spinlock_t } from "linux/spinlock";
import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
`;

function part(i: number): string {
  return `
class priv${i} {
  stats = new net_device_stats();
  lock = new spinlock_t();
  timer = new timer_list();
  skb: sk_buff | null = null;
  status = 0;
  bytes = 0;
  mtu = 1500;
}

function reset${i}(p: priv${i}): void {
  p.status = 0;
  udelay(5);
}

function done${i}(dev: net_device, p: priv${i}): sk_buff | null {
  const skb = p.skb;
  p.skb = null;
  p.stats.tx_packets++;
  if (netif_running(dev)) netif_wake_queue(dev);
  return skb;
}

function interrupt${i}(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const p = netdev_priv<priv${i}>(dev);
  spin_lock(p.lock);
  if (p.status === 0) {
    spin_unlock(p.lock);
    return IRQ_NONE;
  }
  p.status = 0;
  const done = done${i}(dev, p);
  spin_unlock(p.lock);
  if (done !== null) {
    dev_kfree_skb_irq(done);
  }
  return IRQ_HANDLED;
}

function xmit${i}(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<priv${i}>(dev);
  const flags = spin_lock_irqsave(p.lock);
  if (p.skb !== null) {
    netif_stop_queue(dev);
    spin_unlock_irqrestore(p.lock, flags); // full
    return NETDEV_TX_BUSY;
  }
  p.skb = skb;
  p.status = 1;
  dev.trans_start = jiffies;
  netif_stop_queue(dev);
  spin_unlock_irqrestore(p.lock, flags);
  raise_irq(dev.irq);
  return NETDEV_TX_OK;
}

function timeout${i}(dev: net_device): void {
  const p = netdev_priv<priv${i}>(dev);
  const flags = spin_lock_irqsave(p.lock);
  reset${i}(p);
  const skb = done${i}(dev, p);
  spin_unlock_irqrestore(p.lock, flags);
  if (skb !== null) dev_kfree_skb_any(skb);
}

function multicast${i}(dev: net_device): void {
  const table = kmalloc(64, GFP_ATOMIC);
  if (table === null) return;
  netdev_priv<priv${i}>(dev).bytes = dev.mc_count;
  kfree(table);
}

function tick${i}(data: unknown): void {
  const dev = data as net_device;
  const p = netdev_priv<priv${i}>(dev);
  const flags = spin_lock_irqsave(p.lock);
  p.bytes = 0;
  spin_unlock_irqrestore(p.lock, flags);
  if (netif_running(dev)) mod_timer(p.timer, jiffies + HZ);
}

function change_mtu${i}(dev: net_device, mtu: number): number {
  const p = netdev_priv<priv${i}>(dev);
  if (mtu < 68 || mtu > 1500) return -EINVAL;
  p.mtu = mtu;
  dev.mtu = mtu;
  return 0;
}

function ioctl${i}(dev: net_device): number {
  const p = netdev_priv<priv${i}>(dev);
  const saved = spin_lock_irqsave(p.lock);
  p.bytes++;
  spin_unlock_irqrestore(p.lock, saved);
  return 0;
}

function stats${i}(dev: net_device): net_device_stats | null {
  const p = netdev_priv<priv${i}>(dev);
  return p.stats;
}

function open${i}(dev: net_device): number {
  const p = netdev_priv<priv${i}>(dev);
  const err = request_irq(dev.irq, interrupt${i}, SA_SHIRQ, dev.name, dev);
  if (err) return err;
  if (p.mtu === 0) {
    free_irq(dev.irq, dev); // unwind
    return -ENOMEM;
  }
  mod_timer(p.timer, jiffies + HZ);
  netif_start_queue(dev);
  return 0;
}

function stop${i}(dev: net_device): number {
  const p = netdev_priv<priv${i}>(dev);
  netif_stop_queue(dev);
  del_timer_sync(p.timer);
  free_irq(dev.irq, dev);
  const skb = p.skb;
  p.skb = null;
  if (skb !== null) dev_kfree_skb(skb);
  return 0;
}

let device${i}: net_device | null = null;

function create${i}(): number {
  const dev = alloc_etherdev(priv${i});
  if (dev === null) return -ENOMEM;
  const p = netdev_priv<priv${i}>(dev);
  spin_lock_init(p.lock);
  init_timer(p.timer);
  p.timer.function = tick${i};
  p.timer.data = dev;
  dev.irq = alloc_irq();
  dev.open = open${i};
  dev.stop = stop${i};
  dev.hard_start_xmit = xmit${i};
  dev.tx_timeout = timeout${i};
  dev.set_multicast_list = multicast${i};
  dev.change_mtu = change_mtu${i};
  dev.do_ioctl = ioctl${i};
  dev.get_stats = stats${i};
  const err = register_netdev(dev);
  if (err) {
    free_netdev(dev);
    return err;
  }
  device${i} = dev;
  return 0;
}

function destroy${i}(): void {
  if (device${i} === null) return;
  unregister_netdev(device${i});
  free_netdev(device${i});
  device${i} = null;
}
`;
}

/** Twelve devices; with `planted`, each of the first parts has one mistake. */
export function bigModel(planted: boolean): BigModel {
  const count = 12;
  const parts = Array.from({ length: count }, (_, i) => {
    const plant = planted ? PLANTS[i] : undefined;
    const text = part(i);
    if (plant === undefined) return text;
    if (!text.includes(plant.from)) throw new Error(`part ${i} has no "${plant.from}"`);
    return text.replace(plant.from, plant.to).replace(...(plant.and ?? ["", ""]));
  });
  const all = (name: string): string =>
    Array.from({ length: count }, (_, i) => `  ${name}${i}();`).join("\n");
  const ending = `
module_init(() => {
${all("create")}
  return 0;
});
module_exit(() => {
${all("destroy")}
});
`;
  return {
    text: [IMPORTS, ...parts, ending].join(""),
    planted: planted ? PLANTS.map(({ rule }, partIndex) => ({ rule, part: partIndex })) : [],
  };
}
