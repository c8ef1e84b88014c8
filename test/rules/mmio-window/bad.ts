/* get_stats selects its bank and reads, and the handler selects another in between: wrong. */
// @lab workload=../lib/counted-traffic.ts
// @expect mmio-window
import { netdev_priv } from "linux/netdevice";
import { card_driver, type card_priv } from "../lib/card.ts";
import { look_at_diagnostics, read_missed } from "../lib/windowed.ts";

card_driver({
  interrupt: look_at_diagnostics,
  get_stats: (dev) => read_missed(netdev_priv<card_priv>(dev)),
});
