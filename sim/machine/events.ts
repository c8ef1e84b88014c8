/**
 * Everything that the machine and the code on it tell the outside: one typed union. Rules, recorder, timeline,
 * dmesg and the debugger's views listen; nothing else leaves a run.
 *
 * The kernel emits with `emit({ type, … })`; the machine adds who, where and when ({@link EventStamp}).
 * Objects in events are the live objects of the run; `id`s are numbers given in order of creation (`object_id`),
 * so that the history hash, which covers type and every primitive field and the ids of objects, is the same everywhere.
 */
import type { HardwareEvent } from "./hardware-events.ts";
import type { Context, CpuId, Task } from "./model.ts";

/** An object of the run that the history knows by number. */
export interface Identified {
  readonly id: number;
}

export interface EventStamp {
  /** Position in the sequence of events, from 0. */
  readonly n: number;
  readonly cpu: CpuId;
  readonly task: Task;
  readonly context: Context;
  /** Number of the scheduling point. */
  readonly point: number;
  readonly timeNs: number;
}

export type LockKind = "spin" | "read" | "write" | "mutex" | "semaphore" | "rtnl";
export type LockVariant = "plain" | "bh" | "irq" | "irqsave";

/** A lock as rules see it; the kernel's lock objects implement it. */
export interface LockLike extends Identified {
  /** Name of the class as lockdep prints it, e.g. `&priv->lock`, `xmit_lock`. */
  readonly lockName: string;
  /** Key of the lock class: the place of its initialisation, or a name of the kernel's own. */
  readonly lockClass: string;
}

/** A work queue: what waits for one of its works may wait for all of them. */
export interface QueueLike extends Identified {
  readonly name: string;
  readonly singlethread: boolean;
}

/** What a call can wait for: a function's end, a line's handlers, all work of a queue, a lock without taking it … */
export type WaitedFor =
  | "timer"
  | "tasklet"
  | "irq"
  | "workqueue"
  | "poll"
  | "thread"
  | "attribute"
  | "completion"
  | "lock";

export interface DeviceLike extends Identified {
  readonly name: string;
}

export interface SkbLike extends Identified {
  readonly len: number;
}

/** Events of the machine itself. */
export type MachineEvent =
  | { type: "task-created"; created: Task }
  | { type: "task-ended"; ended: Task }
  | { type: "task-blocked"; why: string; on?: Identified }
  | { type: "task-woken"; woken: Task }
  | { type: "task-switched"; from: Task; to: Task }
  | { type: "context-entered"; entered: Context }
  | { type: "context-left"; left: Context }
  | { type: "irqs-off" }
  | { type: "irqs-on" }
  | { type: "interrupt-requested"; vector: number; target: CpuId }
  | { type: "time-jumped"; fromNs: number }
  /** A driver's callback is called by the core. `slot` is its kernel name: hard_start_xmit, open, irq handler … */
  | {
      type: "callback-entered";
      slot: string;
      owner: Identified | null;
      name: string;
      args: readonly unknown[];
      before: CallState;
    }
  | {
      type: "callback-left";
      slot: string;
      owner: Identified | null;
      name: string;
      args: readonly unknown[];
      result: unknown;
      before: CallState;
    }
  | { type: "freed-access"; object: object; what: string; key: string; write: boolean; freedAt: Place | null }
  /** Two accesses to one word that nothing orders; `second` is about to be made. */
  | { type: "data-race"; object: object; name: string; first: RaceSide; second: RaceSide }
  /** With weak ordering: a CPU is about to load what another has stored to, and does not see that store yet. */
  | {
      type: "stale-load";
      /** What the author calls the word. */
      name: string;
      store: { readonly place: Place | null; readonly cpu: CpuId; readonly tick: number };
    }
  | { type: "oops"; message: string; stack: readonly Place[]; fatal: boolean }
  | { type: "deadlock"; message: string; waits: readonly WaitInfo[] }
  | { type: "hang"; message: string; waits: readonly WaitInfo[] }
  | { type: "run-limit"; ticks: number };

/** One of the two accesses of a data race. */
export interface RaceSide {
  readonly write: boolean;
  readonly place: Place;
  readonly stack: readonly Place[];
  /** Names of the locks that were held. */
  readonly held: readonly string[];
  /** The callback of the driver that it was made in. */
  readonly callback: { readonly slot: string; readonly owner: Identified | null } | null;
  readonly context: string;
  readonly cpu: CpuId;
  readonly tick: number;
}

/** What a callback must leave as it found it. */
export interface CallState {
  readonly preemptCount: number;
  readonly irqsDisabled: boolean;
}

/** Who waits for what, in the explanation of a deadlock or hang. */
export interface WaitInfo {
  readonly task: Task;
  readonly cpu: CpuId;
  readonly why: string;
  readonly on: Identified | null;
  readonly place: Place | null;
}

/** `shared-queue`: put on a list while others hold a reference. */
export type SkbMisuse = "over" | "under" | "pull" | "no-dev" | "shared-queue";

/** A place in the original TypeScript; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly fn: string;
  /** False for kernel and workload code: a violation is shown at the innermost place of the model. */
  readonly model: boolean;
}

/** Events of the simulated kernel. */
export type KernelEvent =
  | { type: "printk"; level: number; text: string }
  // locks. `lock-acquire` comes before any waiting, `lock-acquired` when the lock is held.
  | { type: "lock-init"; lock: LockLike; wasHeld: boolean }
  | { type: "lock-acquire"; lock: LockLike; kind: LockKind; variant: LockVariant; trylock: boolean }
  | { type: "lock-contended"; lock: LockLike; kind: LockKind }
  | { type: "lock-acquired"; lock: LockLike; kind: LockKind; variant: LockVariant; trylock: boolean }
  | { type: "lock-trylock-failed"; lock: LockLike; kind: LockKind }
  | {
      type: "lock-release";
      lock: LockLike;
      kind: LockKind;
      variant: LockVariant;
      wasHeld: boolean;
      heldByMe: boolean;
      flags?: IrqFlags;
    }
  | { type: "lock-uninitialised"; lock: LockLike }
  | { type: "flags-restored"; flags: IrqFlags | null }
  // contexts
  | { type: "might-sleep"; fn: string; atomic: boolean; irqsDisabled: boolean; gfp?: number }
  | { type: "bh-disabled" }
  | { type: "bh-enabled"; irqsDisabled: boolean; count: number }
  /** A function that RULES.md 1.1 forbids in interrupt context or with interrupts off was called. */
  | { type: "context-restricted"; fn: string; inIrq: boolean; inInterrupt: boolean; irqsDisabled: boolean }
  | { type: "softirq-raised"; nr: number }
  | { type: "busy-wait"; fn: string; ns: number; atomic: boolean; irqsDisabled: boolean }
  // interrupts
  | {
      type: "irq-requested";
      irq: number;
      name: string;
      flags: number;
      devId: unknown;
      handler: unknown;
      result: number;
    }
  | { type: "irq-freed"; irq: number; devId: unknown; found: boolean }
  | { type: "irq-entered"; irq: number }
  | { type: "irq-handled"; irq: number; result: number }
  | { type: "irq-disabled" | "irq-enabled"; irq: number; depth: number }
  /** A software driver moves its line (lab/irq): raised, or let go; the first time when it is allocated. */
  | { type: "irq-line"; irq: number; level: boolean; raised: boolean; was: boolean }
  // timers, tasklets, work
  | {
      type: "timer-armed" | "timer-deleted" | "timer-fired" | "timer-done";
      timer: Identified;
      sync?: boolean;
      wasPending?: boolean;
    }
  | {
      type: "timer-misused";
      timer: Identified;
      how: "no-function" | "add-pending" | "reinit-pending" | "sync-self";
    }
  | { type: "tasklet-scheduled" | "tasklet-run" | "tasklet-done" | "tasklet-killed"; tasklet: Identified }
  /** `internal`: the kernel's own work, such as linkwatch, which a driver may cause to be queued but does not own. */
  | { type: "work-queued"; work: Identified; internal: boolean }
  /** cancel_delayed_work(); `found`: the timer was pending, and the work is queued no more. */
  | { type: "work-cancelled"; work: Identified; found: boolean }
  /** A flush of a work queue begins. */
  | { type: "work-flushed" }
  | { type: "work-run" | "work-done"; work: Identified; queue: QueueLike }
  /** A call waits, or may have to, until something else has run to its end. */
  | { type: "wait-for"; fn: string; what: WaitedFor; id: number; lock?: LockLike; queue?: QueueLike }
  | { type: "completed"; completion: Identified }
  /** init_timer, INIT_WORK or tasklet_init. */
  | { type: "initialised"; what: "timer" | "work" | "tasklet"; object: Identified }
  // memory
  | { type: "memory-allocated"; object: object; what: string; size: number; gfp: number; failed: boolean }
  | { type: "memory-freed"; object: object | null; what: string; how: string; wrong?: string }
  /** A copy took more bytes than there are in the part of a buffer that it was given. */
  | { type: "bytes-overread"; bytes: Uint8Array; size: number; fn: string }
  /** A kernel function reads or writes bytes for its caller. */
  | { type: "bytes-accessed"; bytes: Uint8Array; size: number; write: boolean; fn: string }
  // skbs. Ownership changes hands by these.
  | { type: "skb-allocated"; skb: SkbLike; byDriver: boolean }
  | {
      type: "skb-freed";
      skb: SkbLike;
      fn: string;
      inIrq: boolean;
      irqsDisabled: boolean;
      users: number;
      twice: boolean;
    }
  | {
      type: "skb-to-stack";
      skb: SkbLike;
      fn: "netif_rx" | "netif_receive_skb" | "dev_queue_xmit";
      result?: number;
    }
  | { type: "skb-to-driver"; skb: SkbLike; device: DeviceLike }
  | { type: "skb-requeued"; skb: SkbLike; device: DeviceLike; result: number }
  | { type: "skb-misused"; skb: SkbLike; how: SkbMisuse; fn: string; size: number }
  | { type: "skb-delivered"; skb: SkbLike; device: DeviceLike | null }
  // net_device
  | {
      type: "netdev-allocated" | "netdev-registered" | "netdev-unregistered" | "netdev-released";
      device: DeviceLike;
    }
  | { type: "netdev-misused"; device: DeviceLike | object; how: string; fn: string; state: number }
  | { type: "netdev-hold" | "netdev-put"; device: DeviceLike; count: number }
  | { type: "netdev-wait-refs"; device: DeviceLike; count: number; seconds: number }
  | { type: "netdev-open" | "netdev-close"; device: DeviceLike; result: number }
  | { type: "queue-stopped" | "queue-started" | "queue-woken"; device: DeviceLike; wasStopped: boolean }
  | { type: "carrier"; device: DeviceLike; on: boolean }
  | { type: "xmit-result"; device: DeviceLike; skb: SkbLike; result: number; lltx: boolean; stopped: boolean }
  | { type: "tx-timeout"; device: DeviceLike }
  | { type: "poll-scheduled" | "poll-completed"; device: DeviceLike; wasScheduled: boolean; inPoll: boolean }
  | {
      type: "poll-result";
      device: DeviceLike;
      result: number;
      delivered: number;
      quotaBefore: number;
      quotaAfter: number;
      budgetBefore: number;
      budgetAfter: number;
      allowed: number;
      onList: boolean;
      /** netif_rx_complete was called in this poll. */
      completed: boolean;
    }
  | { type: "api-misused"; fn: string; message: string; rule?: string }
  | { type: "warn"; text: string }
  | { type: "bug"; text: string }
  // modules and user space
  | { type: "module-loaded" | "module-unloaded"; name: string; result: number }
  | { type: "expectation"; ok: boolean; message: string }
  | { type: "workload-step"; what: string };

/** Saved interrupt state, as `spin_lock_irqsave` returns it: an object in the machine, an opaque `flags` word to the driver. */
export interface IrqFlags {
  readonly irqsWereDisabled: boolean;
  /** Lock that was taken with it, or null for local_irq_save. */
  readonly lock: LockLike | null;
  /** How often it has been restored. */
  restored: number;
}

/** What a rule found; emitted by the rule engine, so that everybody else only listens. */
export interface Violation {
  readonly rule: string;
  readonly severity: "error" | "warning" | "advice";
  readonly message: string;
  readonly place: Place | null;
  readonly cpu: CpuId;
  /** `process`, `softirq`, `hardirq`, with `+bh`/`+irq` where bottom halves or interrupts are off. */
  readonly context: string;
  /** Scheduling point. */
  readonly tick: number;
  readonly timeNs: number;
  readonly related: readonly RelatedPlace[];
  readonly alsoRules: readonly string[];
  /** The objects it is about (device, skb, lock …), for consequences. */
  readonly about: readonly unknown[];
  readonly stack: readonly Place[];
}

export interface RelatedPlace {
  readonly message: string;
  readonly place: Place | null;
  readonly cpu: CpuId;
  readonly tick: number;
}

export type RuleEvent = { type: "violation"; violation: Violation };

export type LabEvent = MachineEvent | KernelEvent | HardwareEvent | RuleEvent;
export type EventType = LabEvent["type"];
/** The events of a type; several types may share one member of the union. */
export type EventOf<T extends EventType> = LabEvent extends infer E
  ? E extends { type: infer U }
    ? T extends U
      ? E
      : never
    : never
  : never;
export type Stamped<E extends LabEvent = LabEvent> = E & EventStamp;
export type Listener<T extends EventType = EventType> = (event: Stamped<EventOf<T>>) => void;
