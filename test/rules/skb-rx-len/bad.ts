/* Each frame is copied into a small packet, however long the card says it is: wrong. */
// @lab workload=./long-frames.ts
// @expect skb-rx-len ?skb-over ?oops
import { le32_to_cpu } from "asm/byteorder";
import { iowrite32 } from "asm/io";
import { rmb } from "asm/system";
import { eth_type_trans } from "linux/etherdevice";
import { type net_device, netdev_priv, netif_receive_skb } from "linux/netdevice";
import { PCI_DMA_FROMDEVICE, pci_dma_sync_single_for_cpu, pci_dma_sync_single_for_device } from "linux/pci";
import { dev_alloc_skb, type sk_buff, skb_put } from "linux/skbuff";
import { RX_TAIL } from "../../../examples/labnic/regs.ts";
import {
  BUFFER,
  napi_done,
  napi_give,
  napi_module,
  type napi_priv,
  napi_ready,
  SLOTS,
} from "../lib/napi-card.ts";

const SMALL = 256;

/** A copy of the frame in slot `i`, which keeps its buffer. */
function copy_of(p: napi_priv, i: number, len: number): sk_buff | null {
  const copy = dev_alloc_skb(SMALL);
  if (!copy) return null;
  pci_dma_sync_single_for_cpu(p.pdev!, p.map[i]!, BUFFER, PCI_DMA_FROMDEVICE);
  skb_put(copy, len).set(p.skb[i]!.data.subarray(0, len));
  pci_dma_sync_single_for_device(p.pdev!, p.map[i]!, BUFFER, PCI_DMA_FROMDEVICE);
  return copy;
}

function frugal_poll(dev: net_device, budget: { v: number }): number {
  const p = netdev_priv<napi_priv>(dev);
  const limit = Math.min(budget.v, dev.quota);
  let n = 0;
  for (; n < limit && napi_ready(p); n++) {
    rmb();
    const i = p.cur;
    const len = le32_to_cpu(p.ring![i]!.reserved) & 0xffff;
    const skb = copy_of(p, i, len);
    if (skb) {
      skb.dev = dev;
      skb.protocol = eth_type_trans(skb, dev);
      netif_receive_skb(skb);
    }
    napi_give(p, i);
    p.cur = (i + 1) % SLOTS;
    iowrite32(i, p.io + RX_TAIL);
  }
  budget.v -= n;
  dev.quota -= n;
  if (n === limit) return 1;
  napi_done(dev);
  return 0;
}

napi_module({ callbacks: { poll: frugal_poll } });
