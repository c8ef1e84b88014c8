/*
 * snull, repaired: the same two interfaces as in snull.ts, with the book's mistakes mended. Each repair is marked
 * "repair (x)", with the letter that README.md gives the defect.
 */
// @lab workload=./tour.ts cpus=2 nic=none
// @expect none

import { htonl, htons } from "asm/byteorder";
import { EBUSY, EINVAL, ENOMEM, EOPNOTSUPP } from "linux/errno";
import {
  dev_alloc_skb,
  dev_kfree_skb_any,
  ETH_ALEN,
  ETH_FRAME_LEN,
  ETH_HLEN,
  ETH_P_IP,
  ETH_ZLEN,
  eth_type_trans,
  ether_setup,
  ethhdr,
} from "linux/etherdevice";
import { IFF_NOARP, IFF_UP, type ifmap, type ifreq } from "linux/if";
import { ip_fast_csum, iphdr } from "linux/ip";
import { jiffies } from "linux/jiffies";
import { KERN_DEBUG, KERN_NOTICE, KERN_WARNING, printk, printk_ratelimit } from "linux/kernel";
import { MODULE_AUTHOR, MODULE_LICENSE, module_exit, module_init, module_param } from "linux/module";
import {
  __netif_rx_complete,
  __netif_rx_schedule,
  alloc_netdev,
  CHECKSUM_UNNECESSARY,
  free_netdev,
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  NETIF_F_NO_CSUM,
  type net_device,
  net_device_stats,
  netdev_priv,
  netif_queue_stopped,
  netif_receive_skb,
  netif_running,
  netif_rx,
  netif_rx_schedule_prep,
  netif_start_queue,
  netif_stop_queue,
  netif_wake_queue,
  register_netdev,
  unregister_netdev,
} from "linux/netdevice";
import { type sk_buff, skb_push, skb_put, skb_reserve } from "linux/skbuff";
import { GFP_KERNEL, kfree, kmalloc } from "linux/slab";
import { spin_lock_init, spin_lock_irqsave, spin_unlock_irqrestore, spinlock_t } from "linux/spinlock";
import { memcpy, memset } from "linux/string";
import { SNUL0, SNULL_RX_INTR, SNULL_TIMEOUT, SNULL_TX_INTR } from "./snull-regs.ts";

MODULE_AUTHOR("after Alessandro Rubini and Jonathan Corbet");
MODULE_LICENSE("Dual BSD/GPL");

/* Transmitter lockup simulation: every lockup'th transmit interrupt gets lost. 0 turns it off. */
let lockup = 0;
module_param("lockup", (value: number) => {
  lockup = value;
});

/* Watchdog timeout in jiffies. */
let timeout = SNULL_TIMEOUT;
module_param("timeout", (value: number) => {
  timeout = value;
});

/* Run in NAPI mode? */
let use_napi = 0;
module_param("use_napi", (value: number) => {
  use_napi = value;
});

/* Packets per pool. */
let pool_size = 8;
module_param("pool_size", (value: number) => {
  pool_size = value;
});

/* A packet in flight: it belongs to the pool of `dev`, its sender, wherever it is queued. */
class snull_packet {
  next: snull_packet | null = null;
  dev: net_device | null = null;
  datalen = 0;
  data = new Uint8Array(ETH_FRAME_LEN); /* repair (h): a frame has a header, too */
}

/* Private to each device; `lock` protects everything in it. */
class snull_priv {
  stats = new net_device_stats();
  status = 0;
  up = 0; /* between open and stop */
  ppool: snull_packet | null = null;
  rx_queue: snull_packet | null = null; /* incoming packets, oldest first */
  rx_tail: snull_packet | null = null;
  rx_int_enabled = 0;
  tx_packetlen = 0;
  skb: sk_buff | null = null; /* on its way; its transmit interrupt has not come yet */
  lock = new spinlock_t();
}

const snull_devs: (net_device | null)[] = [null, null];
const snull_registered = [false, false];

let snull_interrupt: (irq: number, dev_id: unknown, regs: null) => void;

/*
 * Packet pools.
 */
function snull_setup_pool(dev: net_device): number {
  const priv = netdev_priv<snull_priv>(dev);
  for (let i = 0; i < pool_size; i++) {
    const pkt = kmalloc(snull_packet, GFP_KERNEL);
    if (pkt === null) {
      printk(KERN_NOTICE + "snull: out of memory allocating packet pool\n");
      return -ENOMEM;
    }
    pkt.dev = dev;
    pkt.next = priv.ppool;
    priv.ppool = pkt;
  }
  return priv.ppool ? 0 : -EINVAL;
}

/* Both devices are unregistered and have given all packets back: nothing is in flight. */
function snull_teardown_pool(dev: net_device) {
  const priv = netdev_priv<snull_priv>(dev);
  let pkt: snull_packet | null;
  while ((pkt = priv.ppool)) {
    priv.ppool = pkt.next;
    kfree(pkt);
  }
}

/* May the stack hand us a packet? Caller holds the lock. */
function snull_can_send(priv: snull_priv): boolean {
  return priv.ppool !== null && priv.skb === null;
}

/* Wakes the queue when there is room again; caller holds the lock, so that no stop comes between. Repairs (a), (d). */
function snull_wake(dev: net_device, priv: snull_priv) {
  if (netif_running(dev) && priv.up && netif_queue_stopped(dev) && snull_can_send(priv))
    netif_wake_queue(dev);
}

/* Takes a packet from the pool and makes the skb the one on its way, or returns null. */
function snull_get_tx_buffer(dev: net_device, skb: sk_buff): snull_packet | null {
  const priv = netdev_priv<snull_priv>(dev);
  const flags = spin_lock_irqsave(priv.lock);
  const pkt = snull_can_send(priv) ? priv.ppool : null; // #bp held_lock
  if (pkt === null) {
    /* repair (e): this cannot be, as the queue is stopped in time */
    netif_stop_queue(dev);
  } else {
    priv.ppool = pkt.next;
    priv.skb = skb;
    if (priv.ppool === null) netif_stop_queue(dev);
  }
  spin_unlock_irqrestore(priv.lock, flags);
  return pkt;
}

function snull_release_buffer(pkt: snull_packet) {
  const dev = pkt.dev!;
  const priv = netdev_priv<snull_priv>(dev);
  const flags = spin_lock_irqsave(priv.lock); // #bp snull_release_buffer
  pkt.next = priv.ppool;
  priv.ppool = pkt;
  snull_wake(dev, priv);
  spin_unlock_irqrestore(priv.lock, flags);
}

/*
 * Hands a packet to a device; says with 0 that nobody is there. `interrupt` is set when an interrupt is due.
 */
function snull_enqueue_buf(dev: net_device, pkt: snull_packet, interrupt: { v: number }): number {
  const priv = netdev_priv<snull_priv>(dev);
  const flags = spin_lock_irqsave(priv.lock);
  const up = priv.up;
  if (up) {
    pkt.next = null;
    if (priv.rx_tail) priv.rx_tail.next = pkt;
    else priv.rx_queue = pkt;
    priv.rx_tail = pkt;
    /* repair (b): tested in the section that queues the packet */
    interrupt.v = priv.rx_int_enabled;
    if (priv.rx_int_enabled) priv.status |= SNULL_RX_INTR;
  }
  spin_unlock_irqrestore(priv.lock, flags);
  return up;
}

function snull_dequeue_buf(dev: net_device): snull_packet | null {
  const priv = netdev_priv<snull_priv>(dev);
  const flags = spin_lock_irqsave(priv.lock);
  const pkt = priv.rx_queue;
  if (pkt !== null) {
    priv.rx_queue = pkt.next;
    if (priv.rx_queue === null) priv.rx_tail = null;
  }
  spin_unlock_irqrestore(priv.lock, flags);
  return pkt;
}

/*
 * Open and close.
 */
function snull_open(dev: net_device): number {
  const priv = netdev_priv<snull_priv>(dev);
  const flags = spin_lock_irqsave(priv.lock); // #bp snull_open
  priv.status = 0;
  priv.rx_int_enabled = 1;
  priv.up = 1;
  /* packets of ours may still wait at the other side; giving one back wakes the queue then */
  if (snull_can_send(priv)) netif_start_queue(dev);
  spin_unlock_irqrestore(priv.lock, flags);
  return 0;
}

function snull_release(dev: net_device): number {
  const priv = netdev_priv<snull_priv>(dev);
  const flags = spin_lock_irqsave(priv.lock); // #bp snull_release
  netif_stop_queue(dev);
  priv.up = 0;
  priv.rx_int_enabled = 0;
  const skb = priv.skb;
  priv.skb = null;
  spin_unlock_irqrestore(priv.lock, flags);

  if (skb !== null) dev_kfree_skb_any(skb);
  /* repair (f): what still waits here goes back to its owner */
  let pkt: snull_packet | null;
  while ((pkt = snull_dequeue_buf(dev))) snull_release_buffer(pkt);
  return 0;
}

/*
 * Configuration changes, passed on by ifconfig.
 */
function snull_config(dev: net_device, map: ifmap): number {
  if (dev.flags & IFF_UP) return -EBUSY;

  if (map.base_addr !== dev.base_addr) {
    printk(KERN_WARNING + "snull: Can't change I/O address\n");
    return -EOPNOTSUPP;
  }
  if (map.irq !== dev.irq) dev.irq = map.irq;
  return 0;
}

/* Wraps a packet from the "wire" into an sk_buff, or returns null. */
function snull_build_skb(dev: net_device, pkt: snull_packet): sk_buff | null {
  const skb = dev_alloc_skb(pkt.datalen + 2);
  if (skb === null) return null;
  skb_reserve(skb, 2); /* puts the IP header on a 16-byte boundary */
  memcpy(skb_put(skb, pkt.datalen), pkt.data, pkt.datalen);
  skb.dev = dev;
  skb.protocol = eth_type_trans(skb, dev);
  skb.ip_summed = CHECKSUM_UNNECESSARY;
  return skb;
}

/* Counts a packet, received or dropped. Receive statistics have two writers, the handler and poll. */
function snull_count_rx(dev: net_device, bytes: number, dropped: number) {
  const priv = netdev_priv<snull_priv>(dev);
  const flags = spin_lock_irqsave(priv.lock);
  if (dropped) priv.stats.rx_dropped++;
  else {
    priv.stats.rx_packets++;
    priv.stats.rx_bytes += bytes;
  }
  spin_unlock_irqrestore(priv.lock, flags);
}

/* Turns a packet into an sk_buff, gives the packet back, and counts; null if memory has run out. */
function snull_take(dev: net_device, pkt: snull_packet): sk_buff | null {
  const skb = snull_build_skb(dev, pkt);
  const bytes = pkt.datalen;
  snull_release_buffer(pkt);
  snull_count_rx(dev, bytes, skb === null ? 1 : 0);
  if (skb === null && printk_ratelimit()) printk(KERN_NOTICE + "snull: low on mem - packet dropped\n");
  return skb;
}

/*
 * Receives what has come, and passes it up.
 */
function snull_rx(dev: net_device) {
  let pkt: snull_packet | null;
  while ((pkt = snull_dequeue_buf(dev))) {
    const skb = snull_take(dev, pkt); // #bp snull_rx
    if (skb !== null) netif_rx(skb);
  }
}

/*
 * The same in NAPI mode: softirq, up to a quota of packets.
 */
function snull_poll(dev: net_device, budget: { v: number }): number {
  const quota = Math.min(dev.quota, budget.v); // #bp snull_poll
  const priv = netdev_priv<snull_priv>(dev);
  let npackets = 0;
  let done = 0;

  while (npackets < quota) {
    const pkt = snull_dequeue_buf(dev);
    if (pkt === null) break;
    const skb = snull_take(dev, pkt);
    if (skb === null) continue;
    netif_receive_skb(skb);
    npackets++;
  }
  budget.v -= npackets;
  dev.quota -= npackets;
  if (npackets === quota) return 1;

  /* repair (b): look once more, and open the interrupt in the same section */
  const flags = spin_lock_irqsave(priv.lock);
  if (priv.rx_queue === null || !priv.up) {
    __netif_rx_complete(dev);
    priv.rx_int_enabled = priv.up; // #bp snull_poll_done
    done = 1;
  }
  spin_unlock_irqrestore(priv.lock, flags);
  return done ? 0 : 1;
}

/* The transmit half of both handlers: takes the skb that is done, for the caller to free. Caller holds the lock. */
function snull_tx_done(dev: net_device, priv: snull_priv): sk_buff | null {
  const skb = priv.skb;
  priv.skb = null;
  if (skb !== null) {
    priv.stats.tx_packets++;
    priv.stats.tx_bytes += priv.tx_packetlen;
  }
  snull_wake(dev, priv);
  return skb;
}

/*
 * The interrupt handler of the ordinary mode.
 */
function snull_regular_interrupt(_irq: number, dev_id: unknown, _regs: null) {
  const dev = dev_id as net_device | null;
  if (dev === null) return; // #bp snull_regular_interrupt
  const priv = netdev_priv<snull_priv>(dev);
  let done: sk_buff | null = null;

  /* repair (c): it is called with bottom halves off, and from a timer: not in interrupt context */
  const flags = spin_lock_irqsave(priv.lock);
  const statusword = priv.status;
  priv.status = 0;
  if (statusword & SNULL_TX_INTR) done = snull_tx_done(dev, priv);
  spin_unlock_irqrestore(priv.lock, flags);

  if (statusword & SNULL_RX_INTR) snull_rx(dev);
  /* repair (i): freed with interrupts on */
  if (done !== null) dev_kfree_skb_any(done);
}

/*
 * The interrupt handler of NAPI mode.
 */
function snull_napi_interrupt(_irq: number, dev_id: unknown, _regs: null) {
  const dev = dev_id as net_device | null;
  if (dev === null) return;
  const priv = netdev_priv<snull_priv>(dev);
  let done: sk_buff | null = null;

  const flags = spin_lock_irqsave(priv.lock); // #bp snull_napi_interrupt
  const statusword = priv.status;
  priv.status = 0;
  if (statusword & SNULL_RX_INTR && netif_rx_schedule_prep(dev)) {
    priv.rx_int_enabled = 0;
    __netif_rx_schedule(dev);
  }
  if (statusword & SNULL_TX_INTR) done = snull_tx_done(dev, priv);
  spin_unlock_irqrestore(priv.lock, flags);

  if (done !== null) dev_kfree_skb_any(done);
}

/* Flips the third octet of both IP addresses of a frame, and sets the checksum right. */
function snull_translate(frame: Uint8Array, len: number) {
  if (len < ETH_HLEN + iphdr.size) return;
  if (ethhdr.at(frame).h_proto !== htons(ETH_P_IP)) return;
  const ih = iphdr.at(frame, ETH_HLEN);
  ih.saddr ^= htonl(0x00000100); // #bp snull_hw_tx
  ih.daddr ^= htonl(0x00000100);
  ih.check = 0;
  ih.check = ip_fast_csum(ih, ih.ihl);
}

/*
 * The "hardware": carries a packet to the other interface, raises its receive interrupt, then our transmit interrupt.
 */
function snull_hw_tx(pkt: snull_packet, dev: net_device) {
  const dest = snull_devs[dev === snull_devs[0] ? 1 : 0]!;
  const priv = netdev_priv<snull_priv>(dev);
  const interrupt = { v: 0 };
  const len = pkt.datalen;

  if (!snull_enqueue_buf(dest, pkt, interrupt)) snull_release_buffer(pkt); /* nobody listens */
  else if (interrupt.v) snull_interrupt(0, dest, null);

  const flags = spin_lock_irqsave(priv.lock);
  priv.tx_packetlen = len;
  const lost = lockup && (priv.stats.tx_packets + 1) % lockup === 0;
  if (lost) {
    /* this interrupt gets lost: stopped until tx_timeout, as the skb stays on its way */
    netif_stop_queue(dev);
    printk(KERN_DEBUG + `snull: Simulate lockup at ${jiffies}, txp ${priv.stats.tx_packets}\n`);
  } else {
    priv.status |= SNULL_TX_INTR;
  }
  spin_unlock_irqrestore(priv.lock, flags);
  if (!lost) snull_interrupt(0, dev, null);
}

/*
 * Called by the kernel to send a packet.
 */
function snull_tx(skb: sk_buff, dev: net_device): number {
  const pkt = snull_get_tx_buffer(dev, skb); // #bp snull_tx
  if (pkt === null) return NETDEV_TX_BUSY;

  /* repair (j): the frame is changed in our copy, as the skb's data may be shared */
  memcpy(pkt.data, skb.data, skb.len);
  pkt.datalen = skb.len;
  if (skb.len < ETH_ZLEN) {
    memset(pkt.data.subarray(skb.len), 0, ETH_ZLEN - skb.len);
    pkt.datalen = ETH_ZLEN;
  }
  snull_translate(pkt.data, pkt.datalen);
  dev.trans_start = jiffies;

  snull_hw_tx(pkt, dev);
  return NETDEV_TX_OK;
}

/*
 * A transmission takes too long: pretend that the interrupt came.
 */
function snull_tx_timeout(dev: net_device) {
  const priv = netdev_priv<snull_priv>(dev); // #bp snull_tx_timeout
  printk(KERN_DEBUG + `snull: Transmit timeout at ${jiffies}, latency ${jiffies - dev.trans_start}\n`);
  const flags = spin_lock_irqsave(priv.lock);
  priv.status |= SNULL_TX_INTR;
  priv.stats.tx_errors++;
  spin_unlock_irqrestore(priv.lock, flags);
  /* the handler frees the skb, and wakes the queue if there is room */
  snull_interrupt(0, dev, null);
}

function snull_ioctl(_dev: net_device, _rq: ifreq, _cmd: number): number {
  printk(KERN_DEBUG + "snull: ioctl\n"); // #bp snull_ioctl
  return 0;
}

function snull_stats(dev: net_device): net_device_stats {
  return netdev_priv<snull_priv>(dev).stats; // #bp snull_stats
}

/*
 * Ethernet headers without ARP: the other end's address is ours with the last bit flipped.
 */
function snull_rebuild_header(skb: sk_buff): number {
  const dev = skb.dev!;
  const eth = ethhdr.at(skb.data);
  memcpy(eth.h_source, dev.dev_addr, dev.addr_len);
  memcpy(eth.h_dest, dev.dev_addr, dev.addr_len);
  eth.h_dest[ETH_ALEN - 1] ^= 1;
  return 0;
}

function snull_header(
  skb: sk_buff,
  dev: net_device,
  type: number,
  daddr: Uint8Array | null,
  saddr: Uint8Array | null,
  _len: number,
): number {
  const eth = ethhdr.at(skb_push(skb, ETH_HLEN)); // #bp snull_header
  eth.h_proto = htons(type);
  memcpy(eth.h_source, saddr ?? dev.dev_addr, dev.addr_len);
  memcpy(eth.h_dest, daddr ?? dev.dev_addr, dev.addr_len);
  eth.h_dest[ETH_ALEN - 1] ^= 1;
  return dev.hard_header_len;
}

function snull_change_mtu(dev: net_device, new_mtu: number): number {
  if (new_mtu < 68 || new_mtu > 1500) return -EINVAL;
  dev.mtu = new_mtu;
  return 0;
}

/*
 * Sets a new device up; called by alloc_netdev. What can fail is left to snull_init_one.
 */
function snull_init(dev: net_device) {
  ether_setup(dev); // #bp snull_init

  dev.open = snull_open;
  dev.stop = snull_release;
  dev.set_config = snull_config;
  dev.hard_start_xmit = snull_tx;
  dev.do_ioctl = snull_ioctl;
  dev.get_stats = snull_stats;
  dev.change_mtu = snull_change_mtu;
  dev.rebuild_header = snull_rebuild_header;
  dev.hard_header = snull_header;
  dev.tx_timeout = snull_tx_timeout;
  dev.watchdog_timeo = timeout;
  if (use_napi) {
    dev.poll = snull_poll;
    dev.weight = 2;
  }
  dev.flags |= IFF_NOARP;
  dev.features |= NETIF_F_NO_CSUM;
  dev.hard_header_cache = null;

  spin_lock_init(netdev_priv<snull_priv>(dev).lock);
}

/* Allocates one of the devices, with its address and its pool. */
function snull_init_one(i: number): number {
  const dev = alloc_netdev(snull_priv, "sn%d", snull_init);
  if (dev === null) return -ENOMEM;
  snull_devs[i] = dev;
  memcpy(dev.dev_addr, SNUL0, ETH_ALEN);
  dev.dev_addr[ETH_ALEN - 1] += i;
  return snull_setup_pool(dev);
}

/*
 * The module.
 */
function snull_cleanup() {
  /* repair (f), (g): first nobody may send or receive any more, then the pools go; only what was registered */
  for (let i = 0; i < 2; i++) if (snull_registered[i]) unregister_netdev(snull_devs[i]!); // #bp snull_cleanup
  for (const dev of snull_devs) {
    if (dev === null) continue;
    snull_teardown_pool(dev);
    free_netdev(dev);
  }
}

function snull_init_module(): number {
  snull_interrupt = use_napi ? snull_napi_interrupt : snull_regular_interrupt;

  let ret = snull_init_one(0);
  if (ret === 0) ret = snull_init_one(1);
  for (let i = 0; i < 2 && ret === 0; i++) {
    /* before registering: from there on the device can be opened, and unregistered */
    ret = register_netdev(snull_devs[i]!);
    if (ret) printk(KERN_WARNING + `snull: error ${ret} registering device "${snull_devs[i]!.name}"\n`);
    else snull_registered[i] = true;
  }
  if (ret) snull_cleanup();
  return ret;
}

module_init(snull_init_module);
module_exit(snull_cleanup);
