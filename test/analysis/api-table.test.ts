/** The table of API functions speaks of functions that exist, and says of sleeping what the specification says. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EFFECT_NAMES } from "../../sim/analysis/api/effects.ts";
import { ALLOCATES, API, FREES_SKB, GIVES_SKB_UP } from "../../sim/analysis/api/table.ts";

const STATUS = readFileSync(join(import.meta.dirname, "../../docs/api-status.md"), "utf8");
const exported = new Set([...STATUS.matchAll(/^\| `(\w+)`/gm)].map((m) => m[1]!));

/** Of kernels around 2.6.16, known to ported drivers, and no part of this one (yet). */
const ELSEWHERE =
  /^(pci_|dma_|ioremap|iounmap|request_firmware|kmem_cache_|synchronize_kernel|schedule_timeout_|yield_$|mutex_lock_interruptible|down_trylock|setup_timer|kcalloc|pskb_copy|__dev_alloc_skb|skb_unshare|wait_event_|wait_for_completion_timeout|dev_mc_|__netif_rx_schedule_prep|min$)/;

/** RULES.md 1.1: what always may sleep. */
const SLEEPS =
  "schedule schedule_timeout msleep msleep_interruptible ssleep down down_interruptible mutex_lock wait_event wait_for_completion kthread_stop copy_to_user copy_from_user vmalloc synchronize_net synchronize_rcu flush_workqueue flush_scheduled_work cancel_rearming_delayed_work destroy_workqueue rtnl_lock register_netdev unregister_netdev register_netdevice unregister_netdevice dev_open dev_close netif_poll_disable alloc_netdev alloc_etherdev tasklet_kill request_irq free_irq pci_enable_device pci_set_power_state ioremap request_firmware".split(
    " ",
  );

const NEVER =
  "dev_alloc_skb pci_alloc_consistent mod_timer add_timer del_timer schedule_work schedule_delayed_work cancel_delayed_work tasklet_schedule netif_stop_queue netif_wake_queue netif_carrier_on netif_carrier_off netif_rx dev_kfree_skb_irq dev_kfree_skb_any disable_irq_nosync enable_irq udelay mdelay".split(
    " ",
  );

describe("the table of the kernel's API", () => {
  const names = [
    ...new Set([
      ...Object.keys(API),
      ...Object.keys(ALLOCATES),
      ...EFFECT_NAMES,
      ...FREES_SKB,
      ...GIVES_SKB_UP,
    ]),
  ];

  it.each(names.filter((name) => !name.includes(".") && !ELSEWHERE.test(name)))(
    "knows %s from the kernel",
    (name) => {
      expect(exported.has(name)).toBe(true);
    },
  );

  it.each(SLEEPS)("says that %s may sleep", (name) => {
    expect(API[name]?.sleeps).toBe(true);
  });

  it.each(NEVER)("does not say that %s sleeps", (name) => {
    expect(API[name]?.sleeps ?? false).toBe(false);
  });
});
