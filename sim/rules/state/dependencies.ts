/**
 * Who can have to wait for whom, over the whole run: one graph, as lockdep keeps it, of locks and of what runs to its end.
 * Its edges: under a lock another is taken (`takes`), a running function takes a lock (`takes`), a call waits for a
 * function under a lock or in another function (`waits`), and who holds a lock with interrupts or bottom halves on waits
 * for the handlers that come in between (`interrupted`). A cycle is a deadlock that can happen, whether it did or not.
 */
import type { LockKind, LockLike, Place } from "../../machine/events.ts";
import type { Context, CpuId, Task } from "../../machine/model.ts";
import { byModel, calledByModel, isModelLock } from "../help.ts";
import { bhDisabled } from "../preempt-count.ts";
import type { Listeners, RuleMachine } from "../rule.ts";
import { findCycle } from "./cycle.ts";
import { type HeldLock, type HeldLocks, samePlace } from "./held-locks.ts";
import type { IrqLines } from "./irq-lines.ts";
import { type Running, type RunningContexts, SOFTIRQ } from "./running-contexts.ts";

export interface Moment {
  readonly place: Place | null;
  readonly cpu: CpuId;
  readonly tick: number;
}

/** A lock, or something that runs. */
export interface Node {
  readonly key: string;
  readonly lock: LockLike | null;
  readonly kind: LockKind | null;
  readonly running: Running | null;
}

export interface Dependency {
  readonly from: Node;
  readonly to: Node;
  readonly how: "takes" | "waits" | "interrupted";
  /** Where `from` was taken; null where it runs. */
  readonly held: HeldLock | null;
  /** Where `to` was taken or waited for, or where the interrupt may come. */
  readonly at: Moment;
  readonly task: Task;
  readonly context: Context;
  /** Innermost callback of the driver at that time. */
  readonly slot: string | null;
  /** The function that waits. */
  readonly fn: string | null;
  /** The model itself called for it; else the core nests its own locks. */
  readonly direct: boolean;
  /** Readers do not exclude each other. */
  readonly fromShared: boolean;
  readonly toShared: boolean;
  /** What else was held: two dependencies under one exclusive guard never meet. */
  readonly guards: readonly string[];
}

interface By {
  readonly task: Task;
  readonly context: Context;
  readonly cpu: CpuId;
  readonly point: number;
}

/** What a context holds: a lock, or that it runs. */
interface Hold {
  readonly node: Node;
  readonly held: HeldLock | null;
  readonly exclusive: boolean;
}

export type CycleListener = (cycle: readonly Dependency[]) => void;

export class Dependencies {
  readonly #machine: RuleMachine;
  readonly #locks: HeldLocks;
  readonly #running: RunningContexts;
  readonly #lines: IrqLines;
  readonly #slotOf: (task: Task, context: Context) => string | null;
  readonly #nodes = new Map<string, Node>();
  readonly #edges = new Map<string, Dependency[]>();
  readonly #seen = new Set<string>();
  readonly #told: CycleListener[] = [];
  #rtnl: Node | null = null;

  constructor(
    machine: RuleMachine,
    locks: HeldLocks,
    running: RunningContexts,
    lines: IrqLines,
    slotOf: (task: Task, context: Context) => string | null,
  ) {
    this.#machine = machine;
    this.#locks = locks;
    this.#running = running;
    this.#lines = lines;
    this.#slotOf = slotOf;
  }

  /** Hears of each cycle when the dependency that closes it is seen; that one comes first. */
  onCycle(listener: CycleListener): void {
    this.#told.push(listener);
  }

  readonly listeners: Listeners = {
    "lock-contended": (event) => this.#takes(event, event.lock, event.kind, this.#machine.here()),
    "lock-acquired": (event) => {
      const held = this.#locks.of(event.task).at(-1);
      if (held === undefined) return;
      if (!event.trylock) this.#takes(event, event.lock, event.kind, held.place);
      this.#mayBeInterrupted(event, held);
    },
    "irqs-on": (event) => this.#unmasked(event),
    "bh-enabled": (event) => {
      if (event.count === 0) this.#unmasked(event);
    },
    "wait-for": (event) => {
      const { what, id, lock, queue } = event;
      if (what === "lock") {
        if (lock) this.#takes(event, lock, "spin", this.#machine.here());
        return;
      }
      const running =
        what === "workqueue" ? queue && this.#running.queue(queue) : this.#running.waited(what, id);
      if (running) this.#waits(event, running, event.fn);
    },
    completed: (event) => {
      const completion = this.#runningNode(this.#running.waited("completion", event.completion.id));
      for (const running of this.#running.in(event.context)) {
        if (running.kind !== "workqueue") continue;
        this.#linkwatch(event, running);
        const hold: Hold = { node: completion, held: null, exclusive: false };
        this.#add(event, hold, this.#runningNode(running), "waits", this.#machine.here(), [], {
          fn: "complete",
        });
      }
    },
  };

  #takes(by: By, lock: LockLike, kind: LockKind, place: Place | null): void {
    // a sleeping lock in atomic context is a mistake of its own
    if (kind === "semaphore" || (!SPINNING.has(kind) && by.context.kind !== "process")) return;
    if (kind === "rtnl") this.#rtnl = this.#lockNode(lock, kind);
    const holds = this.#holds(by.context);
    if (holds.length === 0) return;
    const to = this.#lockNode(lock, kind);
    for (const hold of holds) {
      if (hold.node === to) continue;
      // the core's own nesting inside one call of the model
      if (hold.held !== null && !isModelLock(hold.held.lock) && samePlace(hold.held.place, place)) continue;
      const more = { toShared: kind === "read" };
      this.#add(by, hold, to, "takes", place, holds, more);
      if (hold.held === null || !otherClass(hold.held.lock, lock)) continue;
      // what two devices' locks do in opposite orders, those of one device can do, too
      const from = this.#classNode(hold.held.lock, hold.held.kind);
      const guards = holds.filter((other) => other !== hold && other.exclusive).map(classKey);
      const toClass = this.#classNode(lock, kind);
      this.#add(by, { ...hold, node: from }, toClass, "takes", place, holds, { ...more, guards });
    }
  }

  #waits(by: By, running: Running, fn: string): void {
    const holds = this.#holds(by.context);
    const to = this.#runningNode(running);
    this.#linkwatch(by, running);
    for (const hold of holds) {
      this.#add(by, hold, to, "waits", this.#machine.here(), holds, { fn });
    }
  }

  /** keventd may always have linkwatch_event() to run, which takes rtnl. */
  #linkwatch(by: By, running: Running): void {
    if (this.#rtnl === null || running.kind !== "workqueue" || running.name !== KEVENTD) return;
    const hold: Hold = { node: this.#runningNode(running), held: null, exclusive: false };
    this.#add(by, hold, this.#rtnl, "takes", null, [], { fn: "linkwatch_event" });
  }

  #unmasked(by: By): void {
    for (const held of this.#locks.of(by.task))
      if (held.context === by.context) this.#mayBeInterrupted(by, held);
  }

  #mayBeInterrupted(by: By, held: HeldLock): void {
    if (!SPINNING.has(held.kind) || this.#machine.cpus[by.cpu]?.irqsDisabled) return;
    const node = this.#lockNode(held.lock, held.kind);
    const hold: Hold = { node, held, exclusive: held.kind !== "read" };
    const holds = this.#holds(by.context);
    const interrupted = (running: Running): void =>
      this.#add(by, hold, this.#runningNode(running), "interrupted", held.place, holds, {});
    const safe = this.#lines.inProgress(by.cpu).concat(this.#lines.disabled());
    for (const handler of this.#running.handlersExcept(safe)) interrupted(handler.running);
    if (held.context.kind === "process" && !bhDisabled(by.task.preemptCount)) interrupted(SOFTIRQ);
  }

  #holds(context: Context): Hold[] {
    const holds: Hold[] = this.#running
      .in(context)
      .map((running) => ({ node: this.#runningNode(running), held: null, exclusive: running.exclusive }));
    for (const held of this.#locks.inContext(context)) {
      if (held.kind === "semaphore") continue;
      holds.push({ node: this.#lockNode(held.lock, held.kind), held, exclusive: held.kind !== "read" });
    }
    return holds;
  }

  #add(
    by: By,
    hold: Hold,
    to: Node,
    how: Dependency["how"],
    place: Place | null,
    holds: readonly Hold[],
    more: { readonly toShared?: boolean; readonly fn?: string; readonly guards?: readonly string[] },
  ): void {
    const { node: from, held } = hold;
    const guards =
      more.guards ??
      holds
        .filter((other) => other.exclusive && other.node !== from && other.node !== to)
        .map((other) => other.node.key);
    const key = `${from.key}>${to.key} ${held?.kind} ${more.toShared} ${place?.file}:${place?.line} ${guards.join()}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const { toShared = false, fn = null } = more;
    const edge: Dependency = {
      from,
      to,
      how,
      held,
      at: { place, cpu: by.cpu, tick: by.point },
      task: by.task,
      context: by.context,
      slot: this.#slotOf(by.task, by.context),
      fn,
      direct: how === "waits" ? byModel(this.#machine) : LOCKING.test(calledByModel(this.#machine) ?? ""),
      fromShared: held?.kind === "read",
      toShared,
      guards,
    };
    const out = this.#edges.get(from.key);
    if (out === undefined) this.#edges.set(from.key, [edge]);
    else out.push(edge);
    const cycle = findCycle(edge, (node) => this.#edges.get(node.key) ?? NONE);
    if (cycle !== null) for (const tell of this.#told) tell(cycle);
  }

  #lockNode(lock: LockLike, kind: LockKind): Node {
    return this.#node(`lock:${lock.id}`, lock, kind, null);
  }

  #classNode(lock: LockLike, kind: LockKind): Node {
    return this.#node(`class:${lock.lockClass}`, lock, kind, null);
  }

  #runningNode(running: Running): Node {
    return this.#node(running.key, null, null, running);
  }

  #node(key: string, lock: LockLike | null, kind: LockKind | null, running: Running | null): Node {
    let node = this.#nodes.get(key);
    if (node === undefined) {
      node = { key, lock, kind, running };
      this.#nodes.set(key, node);
    }
    return node;
  }
}

const NONE: readonly Dependency[] = [];

/** What a hold is for any device: what excludes on one device excludes on each. */
function classKey({ node }: Hold): string {
  return node.lock === null ? `kind:${node.running?.kind}` : `class:${node.lock.lockClass}`;
}

/** Locks of the model of two classes: within one class only instances have an order. */
function otherClass(a: LockLike, b: LockLike): boolean {
  return isModelLock(a) && isModelLock(b) && a.lockClass !== b.lockClass;
}

const KEVENTD = "work on events";
const LOCKING = /^(spin|read|write|mutex|rtnl)_/;
const SPINNING: ReadonlySet<string> = new Set(["spin", "read", "write"]);
