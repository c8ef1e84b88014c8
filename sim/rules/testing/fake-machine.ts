/** For unit tests of rules: a machine that only carries events, with places and contexts set by hand. */
import type { EventType, LabEvent, Listener, LockLike, Place, Stamped } from "../../machine/events.ts";
import type { Context, ContextKind, Cpu, Task } from "../../machine/model.ts";
import type { RuleMachine } from "../rule.ts";

export function place(line: number, fn = "my_xmit", model = true): Place {
  return { file: model ? "/m/driver.ts" : "net/core/dev.ts", line, column: 3, fn, model };
}

export function lock(id: number, lockClass = `driver.ts:${id}`): LockLike {
  return { id, lockName: `&p->lock${id}`, lockClass };
}

export class FakeMachine implements RuleMachine {
  readonly cpus: Cpu[] = [];
  readonly emitted: LabEvent[] = [];
  nowNs = 0;
  pointCount = 0;
  /** Innermost first. */
  frames: Place[] = [];
  cpu = 0;
  readonly #listeners = new Map<EventType, Listener[]>();
  readonly #suppliers: ((type: EventType) => Listener | null)[] = [];
  #n = 0;

  constructor(cpus = 2) {
    for (let id = 0; id < cpus; id++)
      this.cpus.push({ id, irqsDisabled: false, current: task(id, id) } as Cpu);
  }

  on<T extends EventType>(type: T, listener: Listener<T>): void {
    this.#listenersOf(type).push(listener as unknown as Listener);
  }

  onEach(listenerFor: (type: EventType) => Listener | null): void {
    this.#suppliers.push(listenerFor);
  }

  #listenersOf(type: EventType): Listener[] {
    let list = this.#listeners.get(type);
    if (list === undefined) {
      list = this.#suppliers.map((supply) => supply(type)).filter((listener) => listener !== null);
      this.#listeners.set(type, list);
    }
    return list;
  }

  here(): Place | null {
    return this.frames.find((frame) => frame.model) ?? this.frames[0] ?? null;
  }

  stack(): readonly Place[] {
    return this.frames;
  }

  /** The current task of the running CPU. */
  get task(): Task {
    return this.cpus[this.cpu]!.current;
  }

  emit(event: LabEvent): void {
    this.emitted.push(event);
    const { task } = this;
    const stamp = {
      n: this.#n++,
      cpu: this.cpu,
      task,
      context: task.context,
      point: ++this.pointCount,
      timeNs: this.nowNs,
    };
    for (const listener of this.#listenersOf(event.type)) listener({ ...event, ...stamp } as Stamped);
  }

  /** At a line of the model, as if it called the kernel function `fn`. */
  at(line: number, fn?: string): this {
    this.frames = fn === undefined ? [place(line)] : [place(1, fn, false), place(line)];
    return this;
  }

  /** Takes a lock as the kernel tells it. */
  acquire(target: LockLike, kind: "spin" | "read" | "write" | "rtnl" = "spin"): void {
    this.emit({ type: "lock-acquire", lock: target, kind, variant: "plain", trylock: false });
    this.emit({ type: "lock-acquired", lock: target, kind, variant: "plain", trylock: false });
  }

  release(target: LockLike, state: { wasHeld?: boolean; heldByMe?: boolean } = {}): void {
    const { wasHeld = true, heldByMe = true } = state;
    this.emit({ type: "lock-release", lock: target, kind: "spin", variant: "plain", wasHeld, heldByMe });
  }

  /** Runs `body` in a context on top of the current one. */
  inContext(kind: ContextKind, name: string, body: () => void): void {
    const { task } = this;
    const below = task.context;
    task.context = { id: ++contexts, kind, name, task, cpu: this.cpu, below, base: null };
    body();
    task.context = below;
  }

  dmesg(): string {
    return this.emitted.map((event) => (event.type === "printk" ? event.text : "")).join("");
  }
}

let contexts = 1000;

function task(id: number, cpu: number): Task {
  const made = { id, name: `task${id}`, cpu, preemptCount: 0 } as Task;
  const context: Context = { id, kind: "process", name: made.name, task: made, cpu, below: null, base: null };
  made.context = context;
  return made;
}
