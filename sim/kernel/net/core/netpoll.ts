/** Sending with interrupts off, from anywhere (net/core/netpoll.c): for netconsole. */
import { cpu_id, driver_call, emit, preempt_count_add } from "machine";
import { local_irq_restore, local_irq_save } from "../../kernel/irqflags.ts";
import { check_arg } from "../../kernel/misuse.ts";
import { SOFTIRQ_OFFSET } from "../../kernel/preempt.ts";
import { KERN_ERR, KERN_INFO, KERN_NOTICE, printk } from "../../kernel/printk.ts";
import { netpoll_calls } from "../../kernel/restricted.ts";
import { msleep } from "../../kernel/schedule-timeout.ts";
import { spin_lock, spin_trylock, spin_unlock } from "../../kernel/spinlock.ts";
import { HZ, jiffies } from "../../kernel/tick.ts";
import { test_bit } from "../../lib/bitops.ts";
import { htons } from "../../lib/byteorder.ts";
import { udelay } from "../../lib/delay.ts";
import { ENODEV } from "../../lib/errno.ts";
import { time_after } from "../../lib/jiffies.ts";
import { GFP_ATOMIC } from "../../mm/gfp.ts";
import { ETH_HLEN, ETH_P_IP } from "../ethernet/if_ether.ts";
import { neighbour_address } from "../ipv4/devinet.ts";
import { IP_HLEN, IPPROTO_UDP, ip_build_header } from "../ipv4/ip_output.ts";
import { UDP_HLEN, udp_build_header } from "../ipv4/udp.ts";
import { call_hard_start_xmit } from "../sched/sch_generic.ts";
import { dev_get_by_name } from "./dev_list.ts";
import { dev_open } from "./dev_open.ts";
import { dev_put } from "./dev_refs.ts";
import { need_dev, type net_device } from "./net_device.ts";
import { __LINK_STATE_RX_SCHED, LL_MAX_HEADER, NETDEV_TX_OK } from "./netdev_constants.ts";
import { netif_carrier_ok, netif_queue_stopped, netif_running } from "./netif.ts";
import { holds_xmit_lock, MAX_RETRIES, netpoll_info } from "./netpoll_info.ts";
import { call_poll } from "./poll.ts";
import { rtnl_lock, rtnl_unlock } from "./rtnl.ts";
import { skb_push, skb_put, skb_reserve } from "./skb_data.ts";
import { __alloc_skb, __kfree_skb, give_skb, release_skb, type sk_buff } from "./skbuff.ts";
import { this_softnet } from "./softnet.ts";

/** A user of netpoll: who sends with interrupts off (include/linux/netpoll.h: struct netpoll). */
export class netpoll {
  dev: net_device | null = null;
  /** The device's name, for netpoll_setup. */
  dev_name = "";
  name = "";
  /** IPv4 addresses in host order; 0: the interface's own, its peer's. */
  local_ip = 0;
  remote_ip = 0;
  local_port = 6665;
  remote_port = 6666;
  /** Hardware address of the receiver; null: the peer's. */
  remote_mac: Uint8Array | null = null;
}

/** Packets that netpoll lets a device's poll take at once. */
const POLL_BUDGET = 16;
/** How long netpoll_setup waits for a carrier, in seconds. */
const CARRIER_TIMEOUT = 4;
/** Longest text of one packet (net/core/netpoll.c: MAX_UDP_CHUNK). */
const MAX_UDP_CHUNK = 1460;

/**
 * Prepares netpoll on the device `np.dev_name`, which must have poll_controller; brings it up if it is down.
 * @returns 0, or -1 or a negative errno: no such device, no poll_controller, or open failed
 * @context process, rtnl not held; sleeps. Linux net/core/netpoll.c: netpoll_setup
 */
export function netpoll_setup(np: netpoll): number {
  check_arg("netpoll_setup", "np", np, netpoll);
  const dev = dev_get_by_name(np.dev_name);
  if (dev === null) {
    printk(`${KERN_ERR}${np.name}: ${np.dev_name} doesn't exist, aborting.\n`);
    return -ENODEV;
  }
  const err = prepare(np, dev);
  if (err) {
    dev_put(dev);
    return err;
  }
  dev.npinfo ??= new netpoll_info();
  np.dev = dev;
  return 0;
}

function prepare(np: netpoll, dev: net_device): number {
  if (dev.poll_controller === null) {
    printk(`${KERN_ERR}${np.name}: ${dev.name} doesn't support polling, aborting.\n`);
    return -1;
  }
  if (netif_running(dev)) return 0;
  printk(`${KERN_INFO}${np.name}: device ${dev.name} not up yet, forcing it\n`);
  rtnl_lock();
  const err = dev_open(dev);
  rtnl_unlock();
  if (err) {
    printk(`${KERN_ERR}${np.name}: failed to open ${dev.name}\n`);
    return err;
  }
  const end = jiffies + CARRIER_TIMEOUT * HZ;
  while (!netif_carrier_ok(dev)) {
    if (time_after(jiffies, end)) {
      printk(`${KERN_NOTICE}${np.name}: timeout waiting for carrier\n`);
      break;
    }
    msleep(1);
  }
  return 0;
}

/** Ends what netpoll_setup began: gives the device back. @context process. Linux net/core/netpoll.c: netpoll_cleanup */
export function netpoll_cleanup(np: netpoll): void {
  check_arg("netpoll_cleanup", "np", np, netpoll);
  if (np.dev !== null) dev_put(np.dev);
  np.dev = null;
}

/** Frees what dev_kfree_skb_irq has put aside on this CPU: the softirq cannot run (net/core/netpoll.c: zap_completion_queue). */
function zap_completion_queue(): void {
  const sd = this_softnet();
  let clist: sk_buff | null = sd.completion_queue;
  sd.completion_queue = null;
  while (clist !== null) {
    const next: sk_buff | null = clist.next;
    if (clist.destructor !== null) put_back(clist);
    else __kfree_skb(clist);
    clist = next;
  }
}

/** A destructor must not run with interrupts off. */
function put_back(skb: sk_buff): void {
  const sd = this_softnet();
  skb.next = sd.completion_queue;
  sd.completion_queue = skb;
}

/** The device's own poll, if it is scheduled and nobody polls it; received packets are dropped (net/core/netpoll.c: poll_napi). */
function poll_napi(dev: net_device, npinfo: netpoll_info): void {
  if (!test_bit(__LINK_STATE_RX_SCHED, dev.state) || dev.poll_list === null) return;
  if (npinfo.poll_owner === cpu_id() || !spin_trylock(npinfo.poll_lock)) return;
  if (dev.poll_list !== null) {
    npinfo.rx_flags = 1;
    preempt_count_add(SOFTIRQ_OFFSET);
    // the reference of the round of polling that ends here; 2.6.16 forgets it
    if (!call_poll(this_softnet(), dev, { v: POLL_BUDGET })) dev_put(dev);
    preempt_count_add(-SOFTIRQ_OFFSET);
    npinfo.rx_flags = 0;
  }
  spin_unlock(npinfo.poll_lock);
}

/**
 * Has the device do what its interrupt would: calls poll_controller, and poll if it is scheduled.
 * @context any, interrupts off. Linux net/core/netpoll.c: netpoll_poll
 */
export function netpoll_poll(np: netpoll): void {
  if (np.dev !== null) poll_device(np.dev);
}

function poll_device(dev: net_device): void {
  if (!netif_running(dev) || dev.poll_controller === null) return;
  netpoll_calls(true);
  driver_call("poll_controller", dev, dev.poll_controller, dev);
  if (dev.poll !== null) poll_napi(dev, dev.npinfo!);
  netpoll_calls(false);
  zap_completion_queue();
}

/** Sends a frame, polling the device as long as it has no room (net/core/netpoll.c: netpoll_send_skb). The frame is consumed. */
function netpoll_send_skb(dev: net_device, skb: sk_buff): void {
  const npinfo = dev.npinfo!;
  let sent = false;
  if (netif_running(dev) && npinfo.poll_owner !== cpu_id() && !holds_xmit_lock(dev)) {
    while (--npinfo.tries > 0) {
      sent = try_to_send(dev, skb);
      if (sent) break;
      poll_device(dev);
      udelay(50);
    }
  }
  if (sent) npinfo.tries = MAX_RETRIES;
  else release_skb("netpoll_send_skb", skb);
  emit({ type: "netpoll-send", device: dev, result: sent ? 0 : -1 });
}

function try_to_send(dev: net_device, skb: sk_buff): boolean {
  spin_lock(dev.xmit_lock);
  dev.xmit_lock_owner = cpu_id();
  netpoll_calls(true);
  const sent = !netif_queue_stopped(dev) && hard_start_xmit(dev, skb);
  netpoll_calls(false);
  dev.xmit_lock_owner = -1;
  spin_unlock(dev.xmit_lock);
  return sent;
}

function hard_start_xmit(dev: net_device, skb: sk_buff): boolean {
  const result = call_hard_start_xmit(skb, dev);
  if (result === NETDEV_TX_OK) return true;
  emit({ type: "skb-requeued", skb, device: dev, result });
  return false;
}

/**
 * Sends a text in a UDP packet, now, past the queue. It is lost if there is no memory or if the device has no room.
 * @context any; interrupts are turned off meanwhile. Linux net/core/netpoll.c: netpoll_send_udp
 */
export function netpoll_send_udp(np: netpoll, msg: string, len: number): void {
  const dev = np.dev;
  need_dev("netpoll_send_udp", dev!);
  const in_dev = dev!.ip_ptr;
  const remote_mac = np.remote_mac ?? (in_dev && neighbour_address(in_dev));
  if (remote_mac === null) return;
  const flags = local_irq_save();
  zap_completion_queue();
  const size = Math.min(len, MAX_UDP_CHUNK);
  const skb = __alloc_skb("netpoll_send_udp", LL_MAX_HEADER + size + IP_HLEN + UDP_HLEN, GFP_ATOMIC, false);
  if (skb !== null) {
    skb_reserve(skb, LL_MAX_HEADER + IP_HLEN + UDP_HLEN);
    const data = skb_put(skb, size);
    for (let i = 0; i < size; i++) data[i] = msg.charCodeAt(i);
    skb_push(skb, UDP_HLEN);
    const from = np.local_ip || in_dev!.address;
    const to = np.remote_ip || in_dev!.peer;
    udp_build_header(skb, np.local_port, np.remote_port, from, to);
    ip_build_header(skb, from, to, IPPROTO_UDP);
    link_header(skb, dev!, remote_mac);
    give_skb(skb);
    netpoll_send_skb(dev!, skb);
  }
  local_irq_restore(flags);
}

function link_header(skb: sk_buff, dev: net_device, to: Uint8Array): void {
  const eth = skb_push(skb, ETH_HLEN);
  eth.set(to, 0);
  eth.set(dev.dev_addr.subarray(0, 6), 6);
  eth[12] = ETH_P_IP >> 8;
  eth[13] = ETH_P_IP & 0xff;
  skb.mac.raw = eth;
  skb.protocol = htons(ETH_P_IP);
  skb.dev = dev;
}
