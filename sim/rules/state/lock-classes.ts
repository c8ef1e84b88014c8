/**
 * Usage of lock classes over the whole run, as lockdep keeps it: which interrupt lines and softirqs take a class, where
 * it is taken with interrupts or bottom halves on, and in what order classes nest.
 */
import type { EventOf, LockKind, LockLike, Place, Stamped } from "../../machine/events.ts";
import type { Context, CpuId, Task } from "../../machine/model.ts";
import { bhDisabled } from "../preempt-count.ts";
import type { RuleMachine } from "../rule.ts";
import type { HeldLock } from "./held-locks.ts";
import type { IrqLines } from "./irq-lines.ts";

export interface Usage {
  readonly place: Place | null;
  readonly cpu: CpuId;
  readonly tick: number;
  /** Readers do not exclude each other. */
  readonly shared: boolean;
  readonly context: string;
  /** The instance, where a handler itself runs with interrupts on: only the same lock can be met by another handler. */
  readonly handlersLock: number | null;
  /** Lines whose handler can interrupt here. */
  readonly openLines: readonly number[];
  /** Innermost callback of the driver. */
  readonly slot: string | null;
}

/** How the handler of one line takes a class. */
export interface HandlerUsage {
  readonly usage: Usage;
  /** The instances that it took. */
  readonly locks: Set<number>;
}

export interface ClassUsage {
  /** By interrupt line. */
  readonly inIrq: Map<number, HandlerUsage>;
  /** How softirqs, timers and tasklets take it. */
  inSoftirq: Usage | null;
  /** Where it is held with interrupts on, by place. */
  readonly irqsOn: Map<string, Usage>;
  /** Where it is held in process context with bottom halves and interrupts on, by place. */
  readonly bhOn: Map<string, Usage>;
}

interface At {
  readonly lock: LockLike;
  readonly cpu: CpuId;
  readonly point: number;
  readonly context: HeldLock["context"];
  readonly task: Task;
}

type SlotOf = (task: Task, context: Context) => string | null;
type Acquired = Stamped<EventOf<"lock-acquired">>;

/** The line that a handler without one stands for: the kernel's own timer interrupt. */
const OTHER_LINE = -1;

export class LockClasses {
  readonly #machine: RuleMachine;
  readonly #lines: IrqLines;
  readonly #slotOf: SlotOf;
  readonly #classes = new Map<string, ClassUsage>();

  constructor(machine: RuleMachine, lines: IrqLines, slotOf: SlotOf) {
    this.#machine = machine;
    this.#lines = lines;
    this.#slotOf = slotOf;
  }

  of(lockClass: string): ClassUsage {
    let usage = this.#classes.get(lockClass);
    if (usage === undefined) {
      usage = { inIrq: new Map(), inSoftirq: null, irqsOn: new Map(), bhOn: new Map() };
      this.#classes.set(lockClass, usage);
    }
    return usage;
  }

  /** Records one acquisition; true if it adds something to what is known of the class. */
  record(event: Acquired, place: Place | null): boolean {
    const cls = this.of(event.lock.lockClass);
    const irqsOff = this.#machine.cpus[event.cpu]?.irqsDisabled === true;
    let news = false;
    if (event.context.kind === "hardirq" && !event.trylock) {
      const line = this.#lines.inProgress(event.cpu).at(-1) ?? OTHER_LINE;
      news = addStronger(cls.inIrq, line, event.lock.id, () => this.#usage(event, place));
    }
    if (event.context.kind === "softirq" && !event.trylock) {
      if (cls.inSoftirq === null || (cls.inSoftirq.shared && event.kind !== "read")) {
        cls.inSoftirq = this.#usage(event, place);
        news = true;
      }
    }
    if (!irqsOff) news = this.#on(cls, event.kind, { ...event, place }) || news;
    return news;
  }

  /** Interrupts or bottom halves go on while the lock is held. */
  recordOn(held: HeldLock): boolean {
    const cls = this.of(held.lock.lockClass);
    return this.#on(cls, held.kind, { ...held, point: held.tick });
  }

  #on(cls: ClassUsage, kind: LockKind, at: At & { readonly place: Place | null }): boolean {
    const { place } = at;
    const open = this.#lines.open(at.cpu);
    const instance = at.context.kind === "hardirq" ? at.lock.id : "";
    const key = `${place?.file}:${place?.line} ${kind} ${open.join(",")} ${instance}`;
    let news = false;
    if (!cls.irqsOn.has(key)) {
      cls.irqsOn.set(key, this.#usageAt(kind, at, place, open));
      news = true;
    }
    if (at.context.kind === "process" && !bhDisabled(at.task.preemptCount) && !cls.bhOn.has(key)) {
      cls.bhOn.set(key, this.#usageAt(kind, at, place, open));
      news = true;
    }
    return news;
  }

  #usage(event: Acquired, place: Place | null): Usage {
    return this.#usageAt(event.kind, event, place, []);
  }

  #usageAt(kind: LockKind, at: At, place: Place | null, openLines: readonly number[]): Usage {
    return {
      place,
      cpu: at.cpu,
      tick: at.point,
      shared: kind === "read",
      context: at.context.name,
      handlersLock: at.context.kind === "hardirq" ? at.lock.id : null,
      openLines,
      slot: this.#slotOf(at.task, at.context),
    };
  }
}

function addStronger(map: Map<number, HandlerUsage>, line: number, lock: number, make: () => Usage): boolean {
  const known = map.get(line);
  if (known?.locks.has(lock) && !known.usage.shared) return false;
  const usage = make();
  if (known?.locks.has(lock) && usage.shared) return false;
  map.set(line, { usage, locks: new Set(known?.locks).add(lock) });
  return true;
}

/** One side excludes the other. */
export function conflicts(a: Usage, b: Usage): boolean {
  return !(a.shared && b.shared);
}
