/**
 * What the kernel's functions demand and do, as the analysis needs it. Sleeping follows section 1.1 of the rule
 * specification: what may sleep on some path counts as sleeping always.
 */

export interface ApiFunction {
  /** May sleep: process context, no spinlock, bottom halves and interrupts on. */
  readonly sleeps?: boolean;
  /** Index of the argument that says whether it may sleep (GFP flags). */
  readonly gfp?: number;
  /** Neither in a hard interrupt handler nor with interrupts off. */
  readonly notIrq?: boolean;
  /** Not in interrupt context at all. */
  readonly notInterrupt?: boolean;
  /** Waits for something else to end; legal in atomic context, but never from what it waits for. */
  readonly waits?: boolean;
  /** Index of the skb that it takes over. */
  readonly consumes?: number;
  /** One sentence for hovers. */
  readonly says?: string;
}

const sleeps = { sleeps: true } as const;

export const API: Readonly<Record<string, ApiFunction>> = {
  schedule: { ...sleeps, says: "Gives up the CPU." },
  schedule_timeout: sleeps,
  schedule_timeout_interruptible: sleeps,
  schedule_timeout_uninterruptible: sleeps,
  msleep: { ...sleeps, says: "Sleeps at least that many milliseconds." },
  msleep_interruptible: sleeps,
  ssleep: sleeps,
  yield_: sleeps,
  down: { ...sleeps, says: "Takes a semaphore; waits for it if it must." },
  down_interruptible: sleeps,
  mutex_lock: { ...sleeps, says: "Takes a mutex; waits for it if it must." },
  mutex_lock_interruptible: sleeps,
  wait_event: sleeps,
  wait_event_timeout: sleeps,
  wait_event_interruptible: sleeps,
  wait_event_interruptible_timeout: sleeps,
  wait_for_completion: sleeps,
  wait_for_completion_timeout: sleeps,
  kthread_stop: sleeps,
  copy_to_user: { ...sleeps, says: "Copies to user space; may fault and sleep." },
  copy_from_user: { ...sleeps, says: "Copies from user space; may fault and sleep." },
  vmalloc: sleeps,
  ioremap: sleeps,
  synchronize_net: sleeps,
  synchronize_rcu: sleeps,
  synchronize_kernel: sleeps,
  flush_workqueue: { ...sleeps, waits: true },
  flush_scheduled_work: {
    ...sleeps,
    waits: true,
    says: "Waits for all work of keventd; never with rtnl held, as linkwatch takes it.",
  },
  cancel_rearming_delayed_work: { ...sleeps, waits: true },
  destroy_workqueue: { ...sleeps, waits: true },
  rtnl_lock: { ...sleeps, says: "Takes the semaphore of all network configuration." },
  register_netdev: {
    ...sleeps,
    says: "Registers a device; takes rtnl itself. From here on the device can be opened.",
  },
  unregister_netdev: { ...sleeps, says: "Unregisters a device, closing it first; takes rtnl itself." },
  register_netdevice: { ...sleeps, says: "Registers a device; the caller holds rtnl." },
  unregister_netdevice: { ...sleeps, says: "Unregisters a device; the caller holds rtnl." },
  dev_open: sleeps,
  dev_close: sleeps,
  alloc_netdev: sleeps,
  alloc_etherdev: {
    ...sleeps,
    says: "Allocates a net_device and its private area; null when memory has run out.",
  },
  request_firmware: sleeps,
  pci_enable_device: sleeps,
  pci_set_power_state: sleeps,
  tasklet_kill: { ...sleeps, notInterrupt: true },
  request_irq: {
    ...sleeps,
    says: "Installs an interrupt handler; it may run before this returns if the line is shared.",
  },
  free_irq: {
    ...sleeps,
    notInterrupt: true,
    waits: true,
    says: "Removes a handler and waits until it has ended.",
  },
  netif_poll_disable: { ...sleeps, says: "Waits until poll has ended and keeps it from being scheduled." },
  kmalloc: { gfp: -1, says: "Allocates memory; null on failure." },
  kzalloc: { gfp: -1 },
  kcalloc: { gfp: -1 },
  alloc_skb: { gfp: 1, says: "Allocates an skb; null on failure." },
  __dev_alloc_skb: { gfp: 1 },
  skb_clone: { gfp: 1 },
  skb_copy: { gfp: 1 },
  pskb_copy: { gfp: 1 },
  skb_share_check: { gfp: 1 },
  skb_unshare: { gfp: 1 },
  kmem_cache_alloc: { gfp: 1 },
  dev_alloc_skb: { says: "Allocates an skb with GFP_ATOMIC; null on failure. Any context." },
  kfree_skb: { notIrq: true, consumes: 0 },
  dev_kfree_skb: {
    notIrq: true,
    consumes: 0,
    says: "Frees an skb. Not in a hard interrupt handler and not with interrupts off: there dev_kfree_skb_any.",
  },
  dev_kfree_skb_irq: { consumes: 0, says: "Frees an skb later, in softirq; for interrupt handlers." },
  dev_kfree_skb_any: { consumes: 0, says: "Frees an skb in any context." },
  netif_rx: {
    consumes: 0,
    says: "Queues a received skb for the stack, which owns it from here on, whatever is returned.",
  },
  netif_rx_ni: { consumes: 0 },
  netif_receive_skb: { consumes: 0, says: "Gives a received skb to the stack; from softirq (poll) only." },
  dev_queue_xmit: { notIrq: true, consumes: 0 },
  local_bh_enable: { notIrq: true },
  spin_unlock_bh: { notIrq: true },
  write_unlock_bh: { notIrq: true },
  read_unlock_bh: { notIrq: true },
  netif_tx_disable: {
    notIrq: true,
    says: "Stops the queue under xmit_lock: afterwards hard_start_xmit is not running.",
  },
  vfree: { notInterrupt: true },
  iounmap: { notInterrupt: true },
  pci_free_consistent: { notIrq: true, notInterrupt: true },
  del_timer_sync: { waits: true, says: "Removes a timer and waits until its function has ended." },
  synchronize_irq: { waits: true },
  disable_irq: { waits: true, says: "Disables a line and waits until its handler has ended." },
  tasklet_disable: { waits: true },
  spin_unlock_wait: { waits: true },
  spin_lock: { says: "Takes a spinlock; interrupts and bottom halves stay as they are." },
  spin_lock_irqsave: { says: "Turns interrupts off, takes a spinlock, returns the old flags." },
  spin_lock_irq: { says: "Turns interrupts off and takes a spinlock." },
  spin_lock_bh: { says: "Turns bottom halves off and takes a spinlock." },
  netif_start_queue: { says: "Lets the stack call hard_start_xmit; does not restart what waits already." },
  netif_wake_queue: { says: "Lets the stack call hard_start_xmit and restarts what waits." },
  netif_stop_queue: { says: "Keeps the stack from calling hard_start_xmit." },
  netif_rx_schedule_prep: {
    says: "1 if poll is to be scheduled now by the caller: then __netif_rx_schedule must follow.",
  },
  __netif_rx_schedule: {
    says: "Puts the device on this CPU's poll list; only after netif_rx_schedule_prep gave 1.",
  },
  netif_rx_schedule: { says: "netif_rx_schedule_prep and __netif_rx_schedule in one." },
  netif_rx_complete: { says: "Ends polling; poll then returns 0." },
  __netif_rx_complete: { says: "Ends polling; interrupts are off." },
  free_netdev: { says: "Frees a device that was never registered, or was unregistered." },
  mod_timer: { says: "Arms a timer, pending or not." },
  add_timer: { says: "Arms a timer that is not pending." },
  del_timer: { says: "Removes a timer; its function may still be running elsewhere." },
};

/** Functions that give something that may be null. */
export const ALLOCATES: Readonly<Record<string, "netdev" | "skb" | "mem" | "coherent">> = {
  alloc_netdev: "netdev",
  alloc_etherdev: "netdev",
  kmalloc: "mem",
  kzalloc: "mem",
  kcalloc: "mem",
  vmalloc: "mem",
  kmem_cache_alloc: "mem",
  dev_alloc_skb: "skb",
  alloc_skb: "skb",
  __dev_alloc_skb: "skb",
  skb_clone: "skb",
  skb_copy: "skb",
  pskb_copy: "skb",
  pci_alloc_consistent: "coherent",
};

export const FREES_SKB: ReadonlySet<string> = new Set([
  "kfree_skb",
  "dev_kfree_skb",
  "dev_kfree_skb_irq",
  "dev_kfree_skb_any",
]);

export const GIVES_SKB_UP: ReadonlySet<string> = new Set([
  "netif_rx",
  "netif_rx_ni",
  "netif_receive_skb",
  "dev_queue_xmit",
]);

export interface LockCall {
  readonly what: "lock" | "try" | "unlock";
  readonly kind: "spin" | "read" | "write" | "mutex" | "semaphore";
  readonly variant: "plain" | "bh" | "irq" | "irqsave";
}

/** What a function does to the lock that is its first argument. */
export function lockCall(name: string): LockCall | null {
  const m = /^_?(spin|read|write)_(try|un)?lock(?:_(irqsave|irqrestore|irq|bh))?$/.exec(name);
  if (m) {
    const [, kind, what, suffix] = m as unknown as [
      string,
      LockCall["kind"],
      string | undefined,
      string | undefined,
    ];
    const variant = suffix === "irqrestore" ? "irqsave" : ((suffix ?? "plain") as LockCall["variant"]);
    return { kind, what: what === "un" ? "unlock" : what === "try" ? "try" : "lock", variant };
  }
  switch (name) {
    case "mutex_lock":
      return { kind: "mutex", what: "lock", variant: "plain" };
    case "mutex_unlock":
      return { kind: "mutex", what: "unlock", variant: "plain" };
    case "down":
      return { kind: "semaphore", what: "lock", variant: "plain" };
    case "up":
      return { kind: "semaphore", what: "unlock", variant: "plain" };
    case "mutex_trylock":
      return { kind: "mutex", what: "try", variant: "plain" };
    default:
      return null;
  }
}

/** Does the function sleep, called with these GFP flags? Null if that cannot be told. */
export function gfpArgument(name: string, count: number): number | null {
  const gfp = API[name]?.gfp;
  if (gfp === undefined) return null;
  return gfp < 0 ? count - 1 : gfp;
}
