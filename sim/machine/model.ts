/** The things of the machine that everybody talks about: CPUs, tasks, contexts. No Linux here. */
import type { Frame, Resumable } from "../instrument/monitor.ts";

/** Virtual CPUs are numbered from 0. */
export type CpuId = number;

export type ContextKind = "process" | "softirq" | "hardirq";

/** One layer of execution on a CPU: a task's own process context, or a softirq or interrupt on top of it. */
export interface Context {
  readonly id: number;
  readonly kind: ContextKind;
  /** What runs: the task's name, `NET_RX`, `irq 11 (eth0)`. */
  name: string;
  readonly task: Task;
  readonly cpu: CpuId;
  /** The context that it interrupted. */
  readonly below: Context | null;
  /** Innermost frame of the layer below at the moment this one was entered: where the stack of this layer ends. */
  readonly base: Frame | null;
}

/** What a task is about to do at the scheduling point where it stands: an access of the program, or an operation of the kernel. */
export interface Pending {
  /** The place of an access of instrumented code; null for an operation of the kernel. */
  frame: Frame | null;
  pc: number;
  /** The object that is accessed or operated on, if that is known, and how. */
  on: object | null;
  /** Of an access: the property or variable; undefined is all of the object's content. */
  key: unknown;
  how: OperationKind;
  /** It gives way: others first, if they can. */
  yields: boolean;
}

export type OperationKind = "read" | "write" | "acquire" | "release";

export type TaskState = "runnable" | "spinning" | "blocked" | "ended";

export interface Task {
  readonly id: number;
  readonly name: string;
  cpu: CpuId;
  readonly idle: boolean;
  /** 19 for ksoftirqd: runs only when nothing else on its CPU wants to (mostly). */
  nice: number;
  state: TaskState;
  /** Why and for what it waits, in words. */
  waitsFor: string | null;
  waitsOn: { readonly id: number } | null;
  /** Virtual time at which it began to wait. */
  waitsSinceNs: number;
  /** A spinning task goes on when this is true. */
  ready: (() => boolean) | null;
  /** A wake that comes now is not lost (set_current_state before schedule). */
  blockPrepared: boolean;
  wokenEarly: boolean;
  /** The interrupt flag that its CPU gets back when it runs again. */
  irqsDisabled: boolean;
  /** Linux's preempt count: preemption, softirq and hardirq counts in their bit fields; the kernel keeps it. */
  preemptCount: number;
  /** Innermost frame while the task is not running (while it runs: `monitor.top`). */
  top: Frame | null;
  /** Innermost context. */
  context: Context;
  /** Kept while a strategy decides at every point. */
  readonly pending: Pending;
  /** What it executes: `fn(arg)`. */
  fn: unknown;
  arg: unknown;
  root: Resumable<void>;
  /** The kernel's own record of the task (task_struct). */
  data: unknown;
}

export interface Cpu {
  readonly id: CpuId;
  /** The CPU's interrupt flag is off. */
  irqsDisabled: boolean;
  current: Task;
  readonly idleTask: Task;
  /** Vectors requested and not yet delivered, in order of request. */
  readonly pendingVectors: number[];
  /** Every task that lives on this CPU, but its idle task, in order of creation. */
  readonly tasks: Task[];
  /** A vector that the CPU takes as soon as it executes again, or -1. */
  delivering: number;
  /** The idle hook is due: the CPU ran out of work since it was run last. */
  idleHookDue: boolean;
  /** The debugger holds this CPU. */
  frozen: boolean;
}

/** What executes now. Instrumented code reads and writes all but `cpu`: see `Monitor`. */
export interface Registers {
  ticksLeft: number;
  pointsLeft: number;
  /** Innermost frame of the running context. */
  top: Frame | null;
  cpu: Cpu;
}
