/* An edge between unmask and complete finds poll still scheduled, and is lost: wrong. */
// @lab workload=flood-rx irq=msi
// @expect napi-complete-then-unmask ?napi-rotting ?napi-ack-before-scan
import { iowrite32 } from "asm/io";
import { type net_device, netdev_priv, netif_rx_complete } from "linux/netdevice";
import { IMR, RX_EVENTS } from "../../../examples/labnic/regs.ts";
import { napi_module, type napi_priv, napi_rx } from "../lib/napi-card.ts";

function finish(dev: net_device, p: napi_priv): void {
  p.mask = RX_EVENTS;
  iowrite32(p.mask, p.io + IMR);
  netif_rx_complete(dev);
}

function rx_poll(dev: net_device, budget: { v: number }): number {
  const to_do = Math.min(budget.v, dev.quota);
  const done = napi_rx(dev, to_do);
  budget.v -= done;
  dev.quota -= done;
  if (done < to_do) finish(dev, netdev_priv<napi_priv>(dev));
  return done < to_do ? 0 : 1;
}

napi_module({ callbacks: { poll: rx_poll } });
