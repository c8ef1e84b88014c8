/** The trackers that rules share; they hear of each event before the rules do. */
import type { LockLike } from "../../machine/events.ts";
import type { Context, Task } from "../../machine/model.ts";
import type { Listeners, RuleMachine } from "../rule.ts";
import { privateOf } from "../txq/device.ts";
import { Callbacks } from "./callbacks.ts";
import { Cards } from "./cards.ts";
import { UnlockedChecks } from "./checks.ts";
import { Deferred } from "./deferred.ts";
import { Dependencies } from "./dependencies.ts";
import { HeldLocks } from "./held-locks.ts";
import { IrqLines } from "./irq-lines.ts";
import { Pending } from "./pending.ts";
import { QueueFlow } from "./queue-flow.ts";
import { Resources } from "./resources.ts";
import { RunningContexts } from "./running-contexts.ts";
import { SkbOwnership } from "./skb-ownership.ts";

export interface Tracker {
  readonly listeners: Listeners;
}

export class RuleState {
  readonly locks: HeldLocks;
  readonly callbacks: Callbacks;
  readonly skbs: SkbOwnership;
  readonly resources: Resources;
  readonly lines: IrqLines;
  readonly cards = new Cards();
  readonly pending: Pending;
  readonly queues: QueueFlow;
  readonly deferred: Deferred;
  readonly running = new RunningContexts();
  readonly dependencies: Dependencies;
  /** In the order in which they must hear of an event. */
  readonly trackers: readonly Tracker[];
  readonly checks: UnlockedChecks;

  constructor(machine: RuleMachine) {
    this.locks = new HeldLocks(machine);
    this.callbacks = new Callbacks(machine, this.locks);
    this.checks = new UnlockedChecks(this.locks, this.callbacks);
    this.skbs = new SkbOwnership(machine);
    this.resources = new Resources(machine);
    this.lines = new IrqLines();
    this.pending = new Pending(machine, this.resources, this.cards);
    this.queues = new QueueFlow(machine, this.callbacks, this.skbs, this.locks);
    this.deferred = new Deferred(machine, this.callbacks, this.resources);
    const slotOf = (task: Task, context: Context): string | null =>
      this.callbacks.current(task, context)?.slot ?? null;
    this.dependencies = new Dependencies(machine, this.locks, this.running, this.lines, slotOf);
    this.trackers = [
      this.locks,
      this.callbacks,
      this.skbs,
      this.resources,
      this.lines,
      this.cards,
      this.pending,
      this.queues,
      this.deferred,
      this.running,
      this.dependencies,
      this.checks,
    ];
  }

  readonly #lockNames = new Map<string, string>();

  /** How reports call a lock: `&my_priv->lock` if it lies in a private area, else by the place of its initialisation. */
  lockName(lock: LockLike): string {
    const known = this.#lockNames.get(lock.lockClass);
    if (known !== undefined) return known;
    if (!lock.lockClass.includes(":")) return lock.lockName;
    const field = this.#field(lock);
    // The device that it lies in may be made known later: who asks early changes no report.
    if (field === null) return shortPlace(lock.lockClass);
    this.#lockNames.set(lock.lockClass, field);
    return field;
  }

  #field(lock: LockLike): string | null {
    for (const device of this.resources.devices.keys()) {
      const area = privateOf(device);
      if (area === null) continue;
      const key = Object.keys(area).find((k) => (area as Record<string, unknown>)[k] === lock);
      if (key !== undefined) return `&${area.constructor.name}->${key}`;
    }
    return null;
  }
}

/** `/m/driver.ts:12:3` is `the lock of driver.ts:12`. */
function shortPlace(lockClass: string): string {
  const [file = lockClass, line = ""] = lockClass.slice(lockClass.lastIndexOf("/") + 1).split(":");
  return `the lock of ${file}:${line}`;
}
