/* The card may interrupt before anybody listens: wrong. */
// @lab workload=linkflap
// @expect irq-enable-before-request
import { free_irq } from "linux/interrupt";
import { type net_device, netdev_priv, netif_start_queue } from "linux/netdevice";
import { link_down, link_module, type link_priv, link_request, link_up } from "../lib/link-card.ts";

function eager_open(dev: net_device): number {
  link_up(dev);
  const err = link_request(dev);
  if (err) {
    link_down(dev);
    return err;
  }
  netif_start_queue(dev);
  return 0;
}

function eager_stop(dev: net_device): number {
  link_down(dev);
  free_irq(netdev_priv<link_priv>(dev).pdev!.irq, dev);
  return 0;
}

link_module({ callbacks: { open: eager_open, stop: eager_stop } });
