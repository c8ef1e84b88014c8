/** Sending: dev_queue_xmit and the NET_TX softirq (net/core/dev.c). */
import { emit, irqs_disabled_flag, point } from "machine";
import { local_bh_disable, local_bh_enable } from "../../kernel/bh.ts";
import {
  local_irq_disable,
  local_irq_enable,
  local_irq_restore,
  local_irq_save,
} from "../../kernel/irqflags.ts";
import { in_irq } from "../../kernel/preempt.ts";
import { NET_TX_SOFTIRQ, raise_softirq_irqoff } from "../../kernel/softirq.ts";
import { spin_lock, spin_trylock, spin_unlock } from "../../kernel/spinlock.ts";
import { clear_bit } from "../../lib/bitops.ts";
import { htons } from "../../lib/byteorder.ts";
import { ENETDOWN, ENOMEM } from "../../lib/errno.ts";
import { GFP_ATOMIC } from "../../mm/gfp.ts";
import { ETH_P_IP } from "../ethernet/if_ether.ts";
import { noqueue_xmit, qdisc_run } from "../sched/sch_generic.ts";
import { restricted } from "./context.ts";
import { IFF_UP } from "./if.ts";
import { need_dev, type net_device } from "./net_device.ts";
import {
  __LINK_STATE_SCHED,
  NET_XMIT_BYPASS,
  NET_XMIT_SUCCESS,
  NETIF_F_FRAGLIST,
  NETIF_F_HW_CSUM,
  NETIF_F_IP_CSUM,
  NETIF_F_NO_CSUM,
  NETIF_F_SG,
} from "./netdev_constants.ts";
import { netif_schedule } from "./netif.ts";
import { skb_checksum_help, skb_linearize } from "./skb_copy.ts";
import {
  __kfree_skb,
  CHECKSUM_HW,
  dev_kfree_skb,
  give_skb,
  need_skb,
  put_for_completion,
  release_skb,
  type sk_buff,
} from "./skbuff.ts";
import { this_softnet } from "./softnet.ts";

/** Brings a packet into a form that the device can send; false: out of memory. */
function prepare(skb: sk_buff, dev: net_device): boolean {
  const { features } = dev;
  if (skb.data_len !== 0) {
    if (skb.shinfo.frag_list !== null && !(features & NETIF_F_FRAGLIST) && skb_linearize(skb, GFP_ATOMIC) < 0)
      return false;
    if (skb.shinfo.nr_frags !== 0 && !(features & NETIF_F_SG) && skb_linearize(skb, GFP_ATOMIC) < 0)
      return false;
  }
  if (skb.ip_summed !== CHECKSUM_HW || features & (NETIF_F_HW_CSUM | NETIF_F_NO_CSUM)) return true;
  if (features & NETIF_F_IP_CSUM && skb.protocol === htons(ETH_P_IP)) return true;
  return skb_checksum_help(skb, 0) === 0;
}

/**
 * Queues a packet for its device and sends what can be sent. The packet is consumed, whatever comes of it.
 * @returns NET_XMIT_SUCCESS (0), NET_XMIT_DROP, NET_XMIT_CN, or -ENOMEM, -ENETDOWN
 * @context process or softirq, interrupts on. Linux net/core/dev.c: dev_queue_xmit
 */
export function dev_queue_xmit(skb: sk_buff): number {
  need_skb("dev_queue_xmit", skb);
  restricted("dev_queue_xmit");
  emit({ type: "skb-to-stack", skb, fn: "dev_queue_xmit" });
  const dev = skb.dev!;
  if (skb.dev === null) emit({ type: "skb-misused", skb, how: "no-dev", fn: "dev_queue_xmit", size: 0 });
  need_dev("dev_queue_xmit", dev);
  if (!prepare(skb, dev)) {
    release_skb("dev_queue_xmit", skb);
    return -ENOMEM;
  }
  local_bh_disable();
  point();
  const q = dev.qdisc!;
  if (q.enqueue !== null) {
    spin_lock(dev.queue_lock);
    const rc = q.enqueue(skb);
    qdisc_run(dev);
    spin_unlock(dev.queue_lock);
    local_bh_enable();
    return rc === NET_XMIT_BYPASS ? NET_XMIT_SUCCESS : rc;
  }
  const sent = (dev.flags & IFF_UP) !== 0 && noqueue_xmit(skb, dev);
  local_bh_enable();
  if (sent) return 0;
  release_skb("dev_queue_xmit", skb);
  return -ENETDOWN;
}

/**
 * Frees a packet later, in the NET_TX softirq.
 * @context any; meant for hard interrupts and interrupts off. Linux include/linux/netdevice.h: dev_kfree_skb_irq
 */
export function dev_kfree_skb_irq(skb: sk_buff): void {
  need_skb("dev_kfree_skb_irq", skb);
  if (!put_for_completion(skb)) return;
  const flags = local_irq_save();
  const sd = this_softnet();
  skb.next = sd.completion_queue;
  sd.completion_queue = skb;
  give_skb(skb);
  raise_softirq_irqoff(NET_TX_SOFTIRQ);
  local_irq_restore(flags);
}

/** Frees a packet now, or later if interrupts are off. @context any. Linux net/core/dev.c: dev_kfree_skb_any */
export function dev_kfree_skb_any(skb: sk_buff): void {
  if (in_irq() || irqs_disabled_flag()) dev_kfree_skb_irq(skb);
  else dev_kfree_skb(skb);
}

/** The NET_TX softirq: frees finished packets, runs the queues of scheduled devices (net/core/dev.c: net_tx_action). */
export function net_tx_action(): void {
  const sd = this_softnet();
  if (sd.completion_queue !== null) {
    local_irq_disable();
    let clist: sk_buff | null = sd.completion_queue;
    sd.completion_queue = null;
    local_irq_enable();
    while (clist !== null) {
      const next: sk_buff | null = clist.next;
      __kfree_skb(clist);
      clist = next;
    }
  }
  if (sd.output_queue === null) return;
  local_irq_disable();
  let head: net_device | null = sd.output_queue;
  sd.output_queue = null;
  local_irq_enable();
  while (head !== null) {
    const next: net_device | null = head.next_sched;
    head.next_sched = null;
    run_scheduled(head);
    head = next;
  }
}

function run_scheduled(dev: net_device): void {
  clear_bit(__LINK_STATE_SCHED, dev.state);
  if (spin_trylock(dev.queue_lock)) {
    qdisc_run(dev);
    spin_unlock(dev.queue_lock);
  } else {
    netif_schedule(dev);
  }
}
