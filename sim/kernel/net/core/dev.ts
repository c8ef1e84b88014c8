/** Start of networking (net/core/dev.c: net_dev_init). */
import { settings } from "lab";
import { NET_RX_SOFTIRQ, NET_TX_SOFTIRQ, open_softirq } from "../../kernel/softirq.ts";
import { inet_init } from "../ipv4/ip_input.ts";
import { linkwatch_init } from "./link_watch.ts";
import { net_rx_action, process_backlog, set_netdev_max_backlog } from "./receive.ts";
import { softnet_init } from "./softnet.ts";
import { net_tx_action } from "./xmit.ts";

/** Sets up the per-CPU queues, the two softirqs, and IPv4. Called once at boot, on CPU 0, before any driver. */
export function net_dev_init(): void {
  softnet_init(process_backlog);
  open_softirq(NET_TX_SOFTIRQ, net_tx_action, null);
  open_softirq(NET_RX_SOFTIRQ, net_rx_action, null);
  set_netdev_max_backlog(settings.backlog);
  linkwatch_init();
  inet_init();
}
