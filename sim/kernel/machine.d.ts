/**
 * What the kernel may ask of the machine it runs on: the module `machine`. Everything that executes on a virtual CPU
 * reaches the machine through these functions and no others. Functions marked *switches* are resumable: another CPU
 * may run, or an interrupt may be taken, before they return.
 */
declare module "machine" {
  export type CpuId = import("../machine/model.ts").CpuId;
  export type Task = import("../machine/model.ts").Task;
  export type Context = import("../machine/model.ts").Context;
  export type Place = import("../machine/events.ts").Place;
  type KernelEvent = import("../machine/events.ts").KernelEvent;
  type HardwareEvent = import("../machine/hardware-events.ts").HardwareEvent;
  type MachineEvent = import("../machine/events.ts").MachineEvent;

  /**
   * A scheduling point (*switches*): put one at the start of each kernel operation that other CPUs can observe. `on` is the
   * object that the operation is about and `how` it uses it, for those who search for an order of operations that matters.
   */
  export function point(on?: object | null, how?: "read" | "write" | "acquire" | "release"): void;

  /**
   * Tells those who look for data races how an operation orders accesses: after what was released on `on`, or before what
   * acquires it; null: a barrier, or the end of a grace period. `access`: it changes the caller's object, and orders nothing.
   * No scheduling point.
   */
  export function order(
    on: object | null,
    how: "acquire" | "release" | "both" | "loads" | "stores" | "fence" | "grace" | "access",
  ): void;

  /**
   * A field of a struct over bytes is about to be read or written, at `offset` of them. Matters with weak ordering only. No
   * scheduling point.
   */
  export function field_access(bytes: Uint8Array, offset: number, size: number, write: boolean): void;

  export function cpu_id(): CpuId;
  export function nr_cpus(): number;
  /** The task that runs on this CPU (the idle task counts as one). */
  export function current_task(): Task;
  /** Innermost context on this CPU. */
  export function current_context(): Context;
  /** Virtual time since boot. */
  export function now_ns(): number;
  /** Lets virtual time pass on this CPU: what an operation costs, without switching. */
  export function spend_ns(ns: number): void;

  /** Preempt count of the current task (thread_info). While it is 0 and interrupts are on, the machine may switch to another task of this CPU at a point. */
  export function preempt_count(): number;
  export function preempt_count_add(n: number): void;
  export function irqs_disabled_flag(): boolean;
  export function irq_disable(): void;
  /** Interrupts on (*switches*: what is pending may be delivered at once). */
  export function irq_enable(): void;

  /** Busy-waits until `ready()` is true (*switches*); interrupts are taken meanwhile if they are on. `ready` is native, pure and cheap; `on` is what is waited for (a lock), `why` says it in words ("spins on &priv->lock"). */
  export function spin_until(on: { readonly id: number } | null, why: string, ready: () => boolean): void;
  /** Busy-waits for virtual time (*switches*); other CPUs go on, interrupts are taken if they are on. */
  export function delay_ns(ns: number): void;

  /** Creates a task on `cpu`, runnable at once unless it is `asleep` (why, in words) until its first `wake`; `fn(arg)` is its body. It inherits nothing. */
  export function task_create(
    name: string,
    fn: (arg: never) => unknown,
    arg: unknown,
    options: { cpu: CpuId; nice?: number; data?: unknown; asleep?: string },
  ): Task;
  /** Takes the current task off its CPU until `wake` (*switches*). A wake that came since `prepare_block` is not lost: then it returns at once. */
  export function block(why: string, on?: { readonly id: number } | null): void;
  /** From here on a `wake` counts, as set_current_state(TASK_UNINTERRUPTIBLE) does. */
  export function prepare_block(): void;
  export function cancel_block(): void;
  /** Makes a task runnable; true if it was blocked (or had prepared to). */
  export function wake(task: Task): boolean;
  /** Lets another runnable task of this CPU run first, if there is one (*switches*). */
  export function yield_cpu(): void;
  /** Moves the current task (*switches*). */
  export function migrate(cpu: CpuId): void;
  /** Sleeps for exact virtual time (*switches*); for user space only, the kernel sleeps on timers. */
  export function sleep_ns(ns: number): void;

  /** Runs `fn(...args)` as a context of its own on top of the current one (*switches*); an exception inside ends as an oops and never reaches the caller. */
  export function run_context(
    kind: "softirq" | "hardirq",
    name: string,
    fn: (...args: never[]) => unknown,
    ...args: unknown[]
  ): void;
  /** Calls a driver's callback (*switches*) between the events `callback-entered` and `callback-left`. `owner` is its net_device, timer … `slot` the kernel's name for it, by which function breakpoints find it. Returns what it returned. */
  export function driver_call<R>(
    slot: string,
    owner: { readonly id: number } | null,
    fn: (...args: never[]) => R,
    ...args: unknown[]
  ): R;

  /** Interrupt entry: `entry(vector)` is run as a hardirq context, interrupts off, on a CPU that takes a vector. */
  export function set_interrupt_entry(entry: (vector: number) => void): void;
  /** Requests an interrupt: one CPU (chosen by the schedule unless `cpu` is given) takes it when its interrupts are on. A vector that is already pending there is not added twice. */
  export function request_vector(vector: number, cpu?: CpuId): void;
  /** Takes a pending vector back; true if it was pending. */
  export function cancel_vector(vector: number, cpu?: CpuId): boolean;
  /** Runs a native function at a moment of virtual time, between two steps of the CPUs (hardware: no task, no context). It may request vectors and wake tasks. */
  export function at_ns(timeNs: number, fn: () => void): { cancel(): void };
  /** When nothing else runs, an idle CPU executes this (*may switch*): e.g. runs pending softirqs. */
  export function set_idle_hook(hook: () => void): void;

  /** A decision of the schedule among `n` alternatives (0 … n-1); recorded and replayed. 0 is the plain one. */
  export function choose(what: string, n: number): number;
  /** Numbers from the run's seed. */
  export function random_u32(): number;

  export function emit(event: KernelEvent | HardwareEvent | MachineEvent): void;
  /** The next number for an object that the history names; numbers of each kind start at 1. */
  export function object_id(kind: string): number;
  /** Innermost place in the driver model (or the innermost place at all if the model is not on the stack). */
  export function here(): Place | null;

  /** Poisons an object: later loads and stores of its properties emit `freed-access` and then behave as before. */
  export function free_object(object: object, what: string): void;
  /** The bytes of `owner` are freed: each later use by any view of them emits `freed-access`. */
  export function free_bytes(bytes: Uint8Array, owner: object, what: string): void;
  export function is_freed(object: object): boolean;
  /** Takes the poison off (slab reuse of a kernel object). */
  export function unfree_object(object: object): void;
  /** The driver model has given an object away: from now on each use in the model's own code emits `freed-access`, until `take_object_back`. */
  export function give_object(object: object, what: string): void;
  export function take_object_back(object: object): void;

  /** Ends the current task (in interrupt context: the run) like a BUG or an oops; never returns. Its locks stay held. */
  export function oops(message: string): never;
  /** Ends the run. */
  export function halt(reason: string): never;
  /** Number of a source file/line as a string `file:line` where the caller of the current kernel function stands (for lock classes: the place of spin_lock_init in the model). */
  export function caller_key(): string;
  /** What the author calls the lock that the caller initialises, e.g. `&priv->lock`; null if the text does not tell. */
  export function caller_lock_text(): string | null;
}
