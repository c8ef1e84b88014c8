/*
 * snull: the "simple network utility for loading localities" of *Linux Device Drivers*, third edition (Alessandro
 * Rubini, Jonathan Corbet, Greg Kroah-Hartman), chapter 17, as a driver model.
 *
 * Two interfaces, sn0 and sn1, are each other's wire. What leaves one arrives at the other, with the third octet of
 * both IP addresses flipped, so that 192.168.0.x and 192.168.1.x see each other as remote hosts. There is no
 * hardware: an "interrupt" is a direct call of the handler.
 *
 * This model keeps the book's structure *and its mistakes*: see README.md here. snull-fixed.ts is the repaired one.
 */
// @lab workload=./tour.ts cpus=2 nic=none
// @expect skb-double-free oops ?napi-complete-budget

import { htonl, htons } from "asm/byteorder";
import { EBUSY, EINVAL, ENODEV, ENOMEM, EOPNOTSUPP } from "linux/errno";
import {
  dev_alloc_skb,
  dev_kfree_skb,
  ETH_ALEN,
  ETH_DATA_LEN,
  ETH_HLEN,
  ETH_ZLEN,
  eth_type_trans,
  ether_setup,
  ethhdr,
} from "linux/etherdevice";
import { IFF_NOARP, IFF_UP, type ifmap, type ifreq } from "linux/if";
import { ip_fast_csum, iphdr } from "linux/ip";
import { jiffies } from "linux/jiffies";
import { KERN_DEBUG, KERN_INFO, KERN_NOTICE, KERN_WARNING, printk, printk_ratelimit } from "linux/kernel";
import { MODULE_AUTHOR, MODULE_LICENSE, module_exit, module_init, module_param } from "linux/module";
import {
  alloc_netdev,
  CHECKSUM_UNNECESSARY,
  free_netdev,
  NETDEV_TX_OK,
  NETIF_F_NO_CSUM,
  type net_device,
  net_device_stats,
  netdev_priv,
  netif_queue_stopped,
  netif_receive_skb,
  netif_rx,
  netif_rx_complete,
  netif_rx_schedule,
  netif_start_queue,
  netif_stop_queue,
  netif_wake_queue,
  register_netdev,
  unregister_netdev,
} from "linux/netdevice";
import { type sk_buff, skb_push, skb_put, skb_reserve } from "linux/skbuff";
import { GFP_KERNEL, kfree, kmalloc } from "linux/slab";
import {
  spin_lock,
  spin_lock_init,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_irqrestore,
  spinlock_t,
} from "linux/spinlock";
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
  data = new Uint8Array(ETH_DATA_LEN);
}

/* Private to each device. */
class snull_priv {
  stats = new net_device_stats();
  status = 0;
  ppool: snull_packet | null = null;
  rx_queue: snull_packet | null = null; /* incoming packets */
  rx_int_enabled = 0;
  tx_packetlen = 0;
  tx_packetdata: Uint8Array | null = null;
  skb: sk_buff | null = null;
  lock = new spinlock_t();
}

const snull_devs: (net_device | null)[] = [null, null];

let snull_interrupt: (irq: number, dev_id: unknown, regs: null) => void;

/*
 * Packet pools.
 */
function snull_setup_pool(dev: net_device) {
  const priv = netdev_priv<snull_priv>(dev);
  priv.ppool = null;
  for (let i = 0; i < pool_size; i++) {
    const pkt = kmalloc(snull_packet, GFP_KERNEL);
    if (pkt === null) {
      printk(KERN_NOTICE + "Ran out of memory allocating packet pool\n");
      return;
    }
    pkt.dev = dev;
    pkt.next = priv.ppool;
    priv.ppool = pkt;
  }
}

function snull_teardown_pool(dev: net_device) {
  const priv = netdev_priv<snull_priv>(dev);
  let pkt: snull_packet | null;
  while ((pkt = priv.ppool)) {
    priv.ppool = pkt.next;
    kfree(pkt);
    /* and the packets in flight? */
  }
}

function snull_get_tx_buffer(dev: net_device): snull_packet {
  const priv = netdev_priv<snull_priv>(dev);
  const flags = spin_lock_irqsave(priv.lock);
  const pkt = priv.ppool!; // #bp held_lock
  priv.ppool = pkt.next;
  if (priv.ppool === null) {
    printk(KERN_INFO + "Pool empty\n");
    netif_stop_queue(dev);
  }
  spin_unlock_irqrestore(priv.lock, flags);
  return pkt;
}

function snull_release_buffer(pkt: snull_packet) {
  const dev = pkt.dev!;
  const priv = netdev_priv<snull_priv>(dev);
  const flags = spin_lock_irqsave(priv.lock);
  pkt.next = priv.ppool;
  priv.ppool = pkt;
  spin_unlock_irqrestore(priv.lock, flags);
  if (netif_queue_stopped(dev) && pkt.next === null) netif_wake_queue(dev); // #bp snull_release_buffer
}

function snull_enqueue_buf(dev: net_device, pkt: snull_packet) {
  const priv = netdev_priv<snull_priv>(dev);
  const flags = spin_lock_irqsave(priv.lock);
  pkt.next = priv.rx_queue; /* the last one in is the first one out */
  priv.rx_queue = pkt;
  spin_unlock_irqrestore(priv.lock, flags);
}

function snull_dequeue_buf(dev: net_device): snull_packet | null {
  const priv = netdev_priv<snull_priv>(dev);
  const flags = spin_lock_irqsave(priv.lock);
  const pkt = priv.rx_queue;
  if (pkt !== null) priv.rx_queue = pkt.next;
  spin_unlock_irqrestore(priv.lock, flags);
  return pkt;
}

/* Switches receive interrupts on and off. */
function snull_rx_ints(dev: net_device, enable: number) {
  netdev_priv<snull_priv>(dev).rx_int_enabled = enable;
}

/*
 * Open and close.
 */
function snull_open(dev: net_device): number {
  /* "\0SNUL0" and "\0SNUL1"; the leading zero keeps it from being a multicast address */
  memcpy(dev.dev_addr, SNUL0, ETH_ALEN); // #bp snull_open
  if (dev === snull_devs[1]) dev.dev_addr[ETH_ALEN - 1]++;
  netif_start_queue(dev);
  return 0;
}

function snull_release(dev: net_device): number {
  netif_stop_queue(dev); // #bp snull_release
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
  /* the interrupt would be requested at open */
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

/*
 * Receives one packet and passes it up.
 */
function snull_rx(dev: net_device, pkt: snull_packet) {
  const priv = netdev_priv<snull_priv>(dev);
  const skb = snull_build_skb(dev, pkt); // #bp snull_rx
  if (skb === null) {
    if (printk_ratelimit()) printk(KERN_NOTICE + "snull rx: low on mem - packet dropped\n");
    priv.stats.rx_dropped++;
    return;
  }
  priv.stats.rx_packets++;
  priv.stats.rx_bytes += pkt.datalen;
  netif_rx(skb);
}

/*
 * The same in NAPI mode: softirq, up to a quota of packets.
 */
function snull_poll(dev: net_device, budget: { v: number }): number {
  const quota = Math.min(dev.quota, budget.v); // #bp snull_poll
  const priv = netdev_priv<snull_priv>(dev);
  let npackets = 0;

  while (npackets < quota && priv.rx_queue) {
    const pkt = snull_dequeue_buf(dev)!;
    const skb = snull_build_skb(dev, pkt);
    if (skb === null) {
      if (printk_ratelimit()) printk(KERN_NOTICE + "snull: packet dropped\n");
      priv.stats.rx_dropped++;
      snull_release_buffer(pkt);
      continue;
    }
    netif_receive_skb(skb);

    npackets++;
    priv.stats.rx_packets++;
    priv.stats.rx_bytes += pkt.datalen;
    snull_release_buffer(pkt);
  }

  budget.v -= npackets;
  dev.quota -= npackets;
  if (!priv.rx_queue) {
    /* all done: off the poll list, and interrupts on again */
    netif_rx_complete(dev);
    snull_rx_ints(dev, 1); // #bp snull_poll_done
    return 0;
  }
  return 1;
}

/*
 * The interrupt handler of the ordinary mode.
 */
function snull_regular_interrupt(_irq: number, dev_id: unknown, _regs: null) {
  const dev = dev_id as net_device | null;
  if (dev === null) return; // #bp snull_regular_interrupt
  const priv = netdev_priv<snull_priv>(dev);
  let pkt: snull_packet | null = null;

  spin_lock(priv.lock);
  /* a real device would be asked for its status by I/O */
  const statusword = priv.status;
  priv.status = 0;
  if (statusword & SNULL_RX_INTR) {
    pkt = priv.rx_queue;
    if (pkt !== null) {
      priv.rx_queue = pkt.next;
      snull_rx(dev, pkt);
    }
  }
  if (statusword & SNULL_TX_INTR) {
    /* a transmission is over */
    priv.stats.tx_packets++;
    priv.stats.tx_bytes += priv.tx_packetlen;
    dev_kfree_skb(priv.skb!);
  }
  spin_unlock(priv.lock);
  if (pkt !== null) snull_release_buffer(pkt); /* takes the sender's lock: not under ours */
}

/*
 * The interrupt handler of NAPI mode.
 */
function snull_napi_interrupt(_irq: number, dev_id: unknown, _regs: null) {
  const dev = dev_id as net_device | null;
  if (dev === null) return;
  const priv = netdev_priv<snull_priv>(dev);

  spin_lock(priv.lock); // #bp snull_napi_interrupt
  const statusword = priv.status;
  priv.status = 0;
  if (statusword & SNULL_RX_INTR) {
    snull_rx_ints(dev, 0);
    netif_rx_schedule(dev);
  }
  if (statusword & SNULL_TX_INTR) {
    priv.stats.tx_packets++;
    priv.stats.tx_bytes += priv.tx_packetlen;
    dev_kfree_skb(priv.skb!);
  }
  spin_unlock(priv.lock);
}

/*
 * The "hardware": carries a frame to the other interface, raises its receive interrupt, then our transmit interrupt.
 */
function snull_hw_tx(buf: Uint8Array, len: number, dev: net_device) {
  if (len < ETH_HLEN + iphdr.size) {
    printk(`snull: Hmm... packet too short (${len} octets)\n`);
    return;
  }

  /* the IP header: flip the third octet of both addresses, and set the checksum right */
  const ih = iphdr.at(buf, ETH_HLEN);
  ih.saddr ^= htonl(0x00000100); // #bp snull_hw_tx
  ih.daddr ^= htonl(0x00000100);
  ih.check = 0;
  ih.check = ip_fast_csum(ih, ih.ihl);

  const dest = snull_devs[dev === snull_devs[0] ? 1 : 0]!;
  let priv = netdev_priv<snull_priv>(dest);
  const tx_buffer = snull_get_tx_buffer(dev);
  tx_buffer.datalen = len;
  memcpy(tx_buffer.data, buf, len);
  snull_enqueue_buf(dest, tx_buffer);
  if (priv.rx_int_enabled) {
    priv.status |= SNULL_RX_INTR;
    snull_interrupt(0, dest, null);
  }

  priv = netdev_priv<snull_priv>(dev);
  priv.tx_packetlen = len;
  priv.tx_packetdata = buf;
  priv.status |= SNULL_TX_INTR;
  if (lockup && (priv.stats.tx_packets + 1) % lockup === 0) {
    /* this interrupt gets lost */
    netif_stop_queue(dev);
    printk(KERN_DEBUG + `snull: Simulate lockup at ${jiffies}, txp ${priv.stats.tx_packets}\n`);
  } else {
    snull_interrupt(0, dev, null);
  }
}

/*
 * Called by the kernel to send a packet.
 */
function snull_tx(skb: sk_buff, dev: net_device): number {
  const priv = netdev_priv<snull_priv>(dev); // #bp snull_tx
  let data = skb.data;
  let len = skb.len;
  if (len < ETH_ZLEN) {
    const shortpkt = new Uint8Array(ETH_ZLEN);
    memset(shortpkt, 0, ETH_ZLEN);
    memcpy(shortpkt, skb.data, skb.len);
    len = ETH_ZLEN;
    data = shortpkt;
  }
  dev.trans_start = jiffies;

  /* remembered, so that the transmit interrupt can free it */
  priv.skb = skb;

  snull_hw_tx(data, len, dev);
  return NETDEV_TX_OK;
}

/*
 * A transmission takes too long: pretend that the interrupt came.
 */
function snull_tx_timeout(dev: net_device) {
  const priv = netdev_priv<snull_priv>(dev); // #bp snull_tx_timeout
  printk(KERN_DEBUG + `snull: Transmit timeout at ${jiffies}, latency ${jiffies - dev.trans_start}\n`);
  priv.status = SNULL_TX_INTR;
  snull_interrupt(0, dev, null);
  priv.stats.tx_errors++;
  netif_wake_queue(dev);
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
  const lock = netdev_priv<snull_priv>(dev).lock;
  if (new_mtu < 68 || new_mtu > 1500) return -EINVAL;
  const flags = spin_lock_irqsave(lock);
  dev.mtu = new_mtu;
  spin_unlock_irqrestore(lock, flags);
  return 0;
}

/*
 * Sets a new device up; called by alloc_netdev.
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

  const priv = netdev_priv<snull_priv>(dev);
  spin_lock_init(priv.lock);
  snull_rx_ints(dev, 1);
  snull_setup_pool(dev);
}

/*
 * The module.
 */
function snull_cleanup() {
  for (let i = 0; i < 2; i++) {
    const dev = snull_devs[i]; // #bp snull_cleanup
    if (dev) {
      unregister_netdev(dev);
      snull_teardown_pool(dev);
      free_netdev(dev);
    }
  }
}

function snull_init_module(): number {
  let ret = -ENOMEM;
  snull_interrupt = use_napi ? snull_napi_interrupt : snull_regular_interrupt;

  out: {
    snull_devs[0] = alloc_netdev(snull_priv, "sn%d", snull_init);
    snull_devs[1] = alloc_netdev(snull_priv, "sn%d", snull_init);
    if (snull_devs[0] === null || snull_devs[1] === null) break out;

    ret = -ENODEV;
    for (const dev of snull_devs) {
      const result = register_netdev(dev!);
      if (result) printk(`snull: error ${result} registering device "${dev!.name}"\n`);
      else ret = 0;
    }
  }
  if (ret) snull_cleanup();
  return ret;
}

module_init(snull_init_module);
module_exit(snull_cleanup);
