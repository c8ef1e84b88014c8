/** Where the kernel enters a driver, and what holds there (netdevices.txt, driver.txt, and the callers' source). */
import { Cells } from "./cells.ts";
import { type Held, State } from "./state.ts";
import type { Value } from "./values.ts";

export type ContextKind = "process" | "softirq" | "hardirq";

export interface RoleInfo {
  readonly kind: ContextKind;
  readonly rtnl?: boolean;
  readonly xmit?: boolean;
  readonly base?: boolean;
  readonly bh?: boolean;
  /** What the parameters are: `dev`, `skb` or a name. */
  readonly params: readonly string[];
  /** For hovers and inlay hints. */
  readonly says: string;
  /** The sentence of the kernel's document. */
  readonly document?: string;
}

const underRtnl = (params: readonly string[], says: string, document?: string): RoleInfo => ({
  kind: "process",
  rtnl: true,
  params,
  says,
  ...(document ? { document } : {}),
});

export const ROLES = {
  module_init: { kind: "process", params: [], says: "process context, by insmod" },
  module_exit: { kind: "process", params: [], says: "process context, by rmmod" },
  probe: { kind: "process", params: ["pdev", "id"], says: "process context, once a card" },
  remove: { kind: "process", params: ["pdev"], says: "process context" },
  suspend: { kind: "process", params: ["pdev", "state"], says: "process context, without rtnl" },
  resume: { kind: "process", params: ["pdev"], says: "process context, without rtnl" },
  open: underRtnl(
    ["dev"],
    "process context, rtnl held, may sleep",
    "dev->open: Synchronization: rtnl_lock() semaphore. Context: process",
  ),
  stop: underRtnl(
    ["dev"],
    "process context, rtnl held, may sleep; netif_running() is false and poll has ended",
    "dev->stop: Synchronization: rtnl_lock() semaphore. Context: process. Note1: netif_running() is guaranteed false. Note2: dev->poll() is guaranteed to be stopped",
  ),
  do_ioctl: underRtnl(
    ["dev", "ifr", "cmd"],
    "process context, rtnl held, may sleep; the device may be down",
    "dev->do_ioctl: Synchronization: rtnl_lock() semaphore. Context: process",
  ),
  change_mtu: underRtnl(["dev", "mtu"], "process context, rtnl held, may sleep"),
  set_mac_address: underRtnl(["dev", "addr"], "process context, rtnl held, may sleep"),
  set_config: underRtnl(["dev", "map"], "process context, rtnl held, may sleep"),
  ethtool: underRtnl(["dev", "arg"], "process context, rtnl held, may sleep; the device may be down"),
  notifier: underRtnl(["nb", "event", "ptr"], "process context, rtnl held"),
  hard_start_xmit: {
    kind: "softirq",
    xmit: true,
    bh: true,
    params: ["skb", "dev"],
    says: "bottom halves off, xmit_lock held (unless NETIF_F_LLTX), interrupts on; returns NETDEV_TX_OK, BUSY or (LLTX) LOCKED",
    document:
      "dev->hard_start_xmit: Synchronization: dev->xmit_lock spinlock. Context: BHs disabled. Notes: netif_queue_stopped() is guaranteed false. Interrupts must be enabled when calling hard_start_xmit.",
  },
  tx_timeout: {
    kind: "softirq",
    xmit: true,
    bh: true,
    params: ["dev"],
    says: "softirq, xmit_lock held; must not sleep",
    document:
      "dev->tx_timeout: Synchronization: dev->xmit_lock spinlock. Context: BHs disabled. Notes: netif_queue_stopped() is guaranteed true",
  },
  set_multicast_list: {
    kind: "softirq",
    xmit: true,
    bh: true,
    params: ["dev"],
    says: "bottom halves off, xmit_lock held; must not sleep",
    document: "dev->set_multicast_list: Synchronization: dev->xmit_lock spinlock. Context: BHs disabled",
  },
  get_stats: {
    kind: "process",
    base: true,
    params: ["dev"],
    says: "dev_base_lock held (nominally); any CPU, at any time; must not sleep",
    document:
      "dev->get_stats: Synchronization: dev_base_lock rwlock. Context: nominally process, but don't sleep inside an rwlock",
  },
  poll: {
    kind: "softirq",
    params: ["dev", "budget"],
    says: "softirq, one CPU at a time; returns 0 after netif_rx_complete, else 1",
    document:
      "dev->poll: Synchronization: __LINK_STATE_RX_SCHED bit in dev->state. See dev_close code and comments in net/core/dev.c for more info. Context: softirq",
  },
  interrupt: {
    kind: "hardirq",
    params: ["irq", "dev_id", "regs"],
    says: "hard interrupt, interrupts on unless SA_INTERRUPT; returns IRQ_HANDLED or IRQ_NONE",
  },
  timer: { kind: "softirq", params: ["data"], says: "softirq; must not sleep" },
  tasklet: { kind: "softirq", params: ["data"], says: "softirq; must not sleep" },
  work: { kind: "process", params: ["data"], says: "process context of keventd; may sleep" },
  kthread: { kind: "process", params: ["data"], says: "process context; may sleep" },
  attribute: { kind: "process", params: ["cd", "buf", "count"], says: "process context; may sleep" },
} as const satisfies Record<string, RoleInfo>;

export type Role = keyof typeof ROLES;

export interface Entry {
  readonly role: Role;
  readonly fn: Extract<Value, { k: "fn" }>;
  /** For interrupt handlers: requested with SA_INTERRUPT. */
  readonly irqsOff: boolean;
  /** For work, timers and tasklets: the object that starts it, as a class. */
  readonly starter: string | null;
}

/** Callbacks of a net_device that no other struct has. */
export const DEVICE_CALLBACKS: ReadonlyMap<string, Role> = new Map<string, Role>([
  ["hard_start_xmit", "hard_start_xmit"],
  ["tx_timeout", "tx_timeout"],
  ["set_multicast_list", "set_multicast_list"],
  ["get_stats", "get_stats"],
  ["do_ioctl", "do_ioctl"],
  ["change_mtu", "change_mtu"],
  ["set_mac_address", "set_mac_address"],
  ["set_config", "set_config"],
  ["open", "open"],
  ["stop", "stop"],
  ["poll", "poll"],
]);

const implicit = (id: string, name: string, kind: Held["kind"]): Held => ({
  id,
  cls: id,
  name,
  kind,
  variant: "plain",
  at: null,
});

/** The path on which the kernel enters. */
export function enter(
  entry: Entry,
  base: ReadonlyMap<string, Value>,
  lltx: boolean,
): { state: State; args: Value[] } {
  const info: RoleInfo = ROLES[entry.role];
  const state = new State();
  state.cells = new Cells(base);
  const held: Held[] = [];
  if (info.rtnl) held.push(implicit("rtnl", "rtnl", "rtnl"));
  if (info.xmit && !(lltx && entry.role === "hard_start_xmit"))
    held.push({ ...implicit("dev.xmit_lock", "dev.xmit_lock", "xmit"), cls: "xmit_lock" });
  if (info.base) held.push(implicit("api:dev_base_lock", "dev_base_lock", "base"));
  state.held = held;
  state.bh = info.bh ? 1 : 0;
  state.irqOff = entry.irqsOff;
  const args = info.params.map((name): Value => {
    if (name === "dev") return { k: "sym", id: "dev", t: "net_device", object: true };
    if (name === "skb") return { k: "sym", id: "skb", t: "sk_buff", object: true };
    if (name === "dev_id" || name === "data") return { k: "sym", id: name, object: true };
    if (name === "regs") return { k: "null" };
    return { k: "sym", id: name };
  });
  return { state, args };
}
