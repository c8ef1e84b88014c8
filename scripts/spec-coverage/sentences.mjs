/**
 * The sentences of Documentation/networking/netdevices.txt (2.6.15 to 2.6.17), in its order: where each stands, what it
 * says in our words, the rules that a driver breaks which does not heed it, and, where the document promises the driver
 * something, the test that the simulated kernel keeps the promise.
 */
const KEPT = {
  openClose: ["test/kernel/netdevice.test.ts", "open and close in the order of 2.6.16"],
  ioctl: [
    "test/kernel/sysfs-ioctl.test.ts",
    "do_ioctl, set_config and multicast reach the driver with their arguments",
  ],
  stats: [
    "test/kernel/sysfs-ioctl.test.ts",
    "get_stats from /proc/net/dev runs under read_lock(dev_base_lock), bottom halves on",
  ],
  xmit: [
    "test/kernel/traffic.test.ts",
    "two CPUs in one device's queue: nothing is lost, xmit_lock excludes",
  ],
  watchdog: [
    "test/kernel/traffic.test.ts",
    "the watchdog calls tx_timeout under xmit_lock when nothing moves",
  ],
  multicast: [
    "test/kernel/netdevice.test.ts",
    "flags, promiscuity, all multicast and groups reach set_multicast_list under xmit_lock",
  ],
  poll: ["test/kernel/traffic.test.ts", "2.6 polling: quota, budget, complete, and again"],
  sysfs: [
    "test/kernel/sysfs-ioctl.test.ts",
    "a file that outlives the device reads an error, and keeps the memory until it is closed",
  ],
};

export const SECTIONS = [
  {
    title: "Allocation of struct net_device",
    sentences: [
      {
        id: "alloc-persist",
        says: "The structure must outlive the module: it can still be in use when the module is gone.",
        rules: ["life-destructor-module", "life-sysfs-pathologic", "work-module"],
      },
      {
        id: "alloc-kmalloc",
        says: "It comes from the allocator, and never lies in the module's own data.",
        rules: ["life-alloc", "life-null-alloc", "life-ops-set"],
      },
      {
        id: "alloc-last-use",
        says: "A device that was registered is freed by free_netdev(), when its last user lets go.",
        rules: [
          "life-free-registered",
          "life-free-under-rtnl",
          "life-kfree-netdev",
          "life-double-free",
          "life-netdev-leak",
          "life-ref-leak",
        ],
      },
      {
        id: "alloc-pathologic",
        says: "The hard case: the module is unloaded while a file of the device in sysfs is held open.",
        rules: ["life-sysfs-pathologic", "rtnl-sysfs"],
        kept: KEPT.sysfs,
      },
      {
        id: "alloc-priv",
        says: "The helpers reserve the driver's private area with the device, and free it with the device.",
        rules: ["life-use-after-free", "life-priv-early-free", "life-kfree-netdev"],
      },
      {
        id: "alloc-separate",
        says: "What the driver allocates on its own and hangs on the device, its exit handler frees.",
        rules: ["life-priv-leak", "life-use-after-free"],
      },
    ],
  },
  {
    title: "open",
    sentences: [
      {
        id: "open-rtnl",
        says: "Called with rtnl held.",
        rules: ["rtnl-recursion", "life-open-fail-unwind", "rtnl-assert"],
        kept: KEPT.openClose,
      },
      {
        id: "open-process",
        says: "Called in process context: it may sleep, and must return in the context in which it was called.",
        rules: ["ctx-preempt-imbalance", "ctx-bh-imbalance", "ctx-irq-imbalance", "ctx-sleep-atomic"],
        kept: KEPT.openClose,
      },
    ],
  },
  {
    title: "stop",
    sentences: [
      {
        id: "stop-rtnl",
        says: "Called with rtnl held.",
        rules: ["rtnl-recursion", "rtnl-flush", "rtnl-wait"],
        kept: KEPT.openClose,
      },
      {
        id: "stop-process",
        says: "Called in process context.",
        rules: ["ctx-preempt-imbalance", "life-stop-cannot-fail"],
        kept: KEPT.openClose,
      },
      {
        id: "stop-not-running",
        says: "Note 1: netif_running() is false by then, so whoever tests it keeps off the device.",
        rules: [
          "work-running-check",
          "txq-stop-stop",
          "txq-wake-down",
          "life-stop-quiesce",
          "skb-leak-close",
        ],
        kept: KEPT.openClose,
      },
      {
        id: "stop-poll-stopped",
        says: "Note 2: poll() has stopped by then.",
        rules: ["napi-poll-after-stop", "napi-poll-disable"],
        kept: KEPT.openClose,
      },
    ],
  },
  {
    title: "do_ioctl",
    sentences: [
      {
        id: "ioctl-rtnl",
        says: "Called with rtnl held.",
        rules: ["ioctl-rtnl", "ioctl-ret"],
        kept: KEPT.ioctl,
      },
      {
        id: "ioctl-process",
        says: "Called in process context: it may copy from and to user space, as long as no lock is held.",
        rules: ["ctx-user-copy", "ctx-preempt-imbalance"],
        kept: KEPT.ioctl,
      },
    ],
  },
  {
    title: "get_stats",
    sentences: [
      {
        id: "stats-lock",
        says: "Called under dev_base_lock, not under rtnl: the device may be opened, closed or sending meanwhile.",
        rules: ["stat-down", "stat-null", "stat-lock", "stat-lock-type", "stat-temp"],
        kept: KEPT.stats,
      },
      {
        id: "stats-no-sleep",
        says: "Process context by name, but inside a rwlock: no sleeping.",
        rules: ["ctx-get-stats-sleep"],
        kept: KEPT.stats,
      },
    ],
  },
  {
    title: "hard_start_xmit",
    sentences: [
      {
        id: "xmit-lock",
        says: "Called with xmit_lock held.",
        rules: ["xmit-reentry", "xmit-irq", "xmit-queue-order"],
        kept: KEPT.xmit,
      },
      {
        id: "xmit-lltx",
        says: "With NETIF_F_LLTX it is called without that lock.",
        rules: ["txq-lltx-self-lock", "xmit-lltx-disable"],
      },
      {
        id: "xmit-lltx-own-lock",
        says: "Such a driver does its own locking.",
        rules: ["txq-lltx-self-lock", "lock-private-tx-lltx"],
      },
      {
        id: "xmit-trylock",
        says: "A trylock is recommended there; where it fails, the return value is -1 (NETDEV_TX_LOCKED).",
        rules: ["lock-trylock", "skb-errno-ret", "txq-locked-no-lltx"],
      },
      {
        id: "xmit-lltx-multicast",
        says: "Its lock also excludes set_multicast_list.",
        rules: ["lock-private-tx-lltx", "mc-reg-lock"],
      },
      {
        id: "xmit-bh",
        says: "Called with bottom halves disabled: no sleeping, and softirqs do not come between.",
        rules: ["ctx-sleep-atomic", "ctx-gfp", "ctx-bh-imbalance", "lock-bh-self"],
        kept: KEPT.xmit,
      },
      {
        id: "xmit-not-stopped",
        says: "The queue is not stopped when it is called.",
        rules: ["txq-xmit-stopped", "txq-open-start", "txq-ring-overflow"],
        kept: KEPT.xmit,
      },
      {
        id: "xmit-irqs-on",
        says: "Interrupts are enabled when it is called.",
        rules: ["ctx-queue-xmit", "ctx-xmit-irqs-on", "ctx-irq-imbalance"],
      },
      {
        id: "xmit-bh-enable-irqs-on",
        says: "They must be enabled as well where bottom halves are enabled again.",
        rules: ["ctx-bh-enable-irqoff", "skb-free-irqoff"],
      },
      {
        id: "xmit-ok",
        says: "NETDEV_TX_OK: the driver has taken the packet.",
        rules: ["skb-ok-not-taken", "skb-use-after-ok", "skb-leak-tx"],
      },
      {
        id: "xmit-busy",
        says: "NETDEV_TX_BUSY: the packet is offered again later.",
        rules: ["skb-free-then-busy", "txq-busy-nostop"],
      },
      {
        id: "xmit-busy-bug",
        says: "That is usually a bug: starting and stopping the queue is broken.",
        rules: ["txq-busy", "txq-wake-cond", "txq-lost-wake", "txq-stall"],
      },
      {
        id: "xmit-busy-ring",
        says: "Then the packet must not be in the driver's ring.",
        rules: ["skb-busy-kept"],
      },
      {
        id: "xmit-locked",
        says: "NETDEV_TX_LOCKED: the lock was taken, try again soon.",
        rules: ["skb-free-then-busy", "txq-locked-no-lltx"],
      },
      {
        id: "xmit-locked-lltx",
        says: "That is a valid return value only with NETIF_F_LLTX.",
        rules: ["txq-locked-no-lltx"],
      },
    ],
  },
  {
    title: "tx_timeout",
    sentences: [
      {
        id: "timeout-lock",
        says: "Called with xmit_lock held.",
        rules: ["xmit-reentry", "txq-timeout-context"],
        kept: KEPT.watchdog,
      },
      {
        id: "timeout-bh",
        says: "Called with bottom halves disabled.",
        rules: ["txq-timeout-context", "ctx-sleep-atomic"],
        kept: KEPT.watchdog,
      },
      {
        id: "timeout-stopped",
        says: "The queue is stopped when it is called: it is for tx_timeout to get it going again.",
        rules: ["txq-timeout-recover", "txq-stall"],
        kept: KEPT.watchdog,
      },
    ],
  },
  {
    title: "set_multicast_list",
    sentences: [
      {
        id: "multicast-lock",
        says: "Called with xmit_lock held.",
        rules: ["xmit-reentry", "mc-reg-lock", "mc-walk", "mc-count", "mc-restore"],
        kept: KEPT.multicast,
      },
      {
        id: "multicast-bh",
        says: "Called with bottom halves disabled.",
        rules: ["mc-sleep"],
        kept: KEPT.multicast,
      },
    ],
  },
  {
    title: "poll",
    sentences: [
      {
        id: "poll-sched",
        says: "The bit RX_SCHED of the device's state excludes: who sets it may schedule poll, poll clears it by completing.",
        rules: [
          "napi-prep",
          "napi-prep-only",
          "napi-complete-once",
          "napi-ret-done",
          "napi-ret-more",
          "napi-quota",
          "napi-accounting",
          "napi-work-count",
        ],
        kept: KEPT.poll,
      },
      {
        id: "poll-close",
        says: "dev_close() waits for the bit to clear; the document points at its code and comments.",
        rules: ["napi-poll-disable", "napi-poll-after-stop", "napi-lock-poll"],
        kept: KEPT.openClose,
      },
      {
        id: "poll-softirq",
        says: "Called in a softirq.",
        rules: ["ctx-sleep-atomic", "napi-poll-disable-atomic", "ctx-receive-skb"],
        kept: KEPT.poll,
      },
    ],
  },
];
