/** Delivers events to listeners and keeps the history hash over them. */
import type { EventType, LabEvent, Listener, Stamped } from "./events.ts";
import { HistoryHash } from "./history-hash.ts";
import type { Context, CpuId, Task } from "./model.ts";

/** Events that depend on source positions or on who listens are no part of the history. */
const NOT_HISTORY: ReadonlySet<EventType> = new Set<EventType>([
  "violation",
  "freed-access",
  "data-race",
  "stale-load",
  "dma-unordered",
  "oops",
  "deadlock",
  "hang",
]);

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class EventBus {
  readonly hash = new HistoryHash();
  readonly #listeners = new Map<EventType, Listener[]>();
  readonly #suppliers: ((type: EventType) => Listener | null)[] = [];
  readonly #any: Listener[] = [];
  #count = 0;
  #depth = 0;
  /** Greater than 0 while somebody merely looks: nothing is told, nothing is recorded. */
  muted = 0;

  /** Number of the next event. */
  get count(): number {
    return this.#count;
  }

  /** True while listeners run or somebody looks: what they read is no access of the program. */
  get silent(): boolean {
    return this.#depth > 0 || this.muted > 0;
  }

  /** Goes on as after event number `count - 1`. */
  load(count: number, hash: readonly [number, number]): void {
    this.#count = count;
    this.hash.load(hash);
  }

  /** Tells listeners what happened before they listened; the history knows it already. */
  retell(event: Stamped): void {
    this.#depth++;
    try {
      this.#tell(event);
    } finally {
      this.#depth--;
    }
  }

  on<T extends EventType>(type: T, listener: Listener<T>): () => void {
    const list = this.#listenersOf(type);
    list.push(listener as unknown as Listener);
    return () => void list.splice(list.indexOf(listener as unknown as Listener), 1);
  }

  /**
   * Asks for the listener of a type of event when the first one comes, or somebody else begins to listen to that type: it
   * hears of events before those who listen later.
   */
  onEach(listenerFor: (type: EventType) => Listener | null): void {
    this.#suppliers.push(listenerFor);
    for (const [type, list] of this.#listeners) {
      const listener = listenerFor(type);
      if (listener !== null) list.push(listener);
    }
  }

  #listenersOf(type: EventType): Listener[] {
    let list = this.#listeners.get(type);
    if (list === undefined) {
      list = [];
      for (const supply of this.#suppliers) {
        const listener = supply(type);
        if (listener !== null) list.push(listener);
      }
      this.#listeners.set(type, list);
    }
    return list;
  }

  onAny(listener: Listener): () => void {
    this.#any.push(listener);
    return () => void this.#any.splice(this.#any.indexOf(listener), 1);
  }

  emit(event: LabEvent, cpu: CpuId, task: Task, context: Context, point: number, timeNs: number): void {
    if (this.muted > 0) return;
    const outer = this.#depth === 0;
    this.#depth++;
    try {
      if (outer && !NOT_HISTORY.has(event.type)) this.#record(event, cpu, task, point);
      const stamped = event as Mutable<Stamped>;
      stamped.n = this.#count++;
      stamped.cpu = cpu;
      stamped.task = task;
      stamped.context = context;
      stamped.point = point;
      stamped.timeNs = timeNs;
      this.#tell(stamped as Stamped);
    } finally {
      this.#depth--;
    }
  }

  #tell(event: Stamped): void {
    for (const listener of this.#listenersOf(event.type)) listener(event);
    for (const listener of this.#any) listener(event);
  }

  #record(event: LabEvent, cpu: CpuId, task: Task, point: number): void {
    const hash = this.hash;
    hash.string(event.type);
    hash.number(point);
    hash.int((cpu << 16) | task.id);
    for (const key in event) {
      const value = (event as unknown as Record<string, unknown>)[key];
      if (typeof value === "number") hash.number(value);
      else if (typeof value === "string") hash.string(value);
      else if (typeof value === "boolean") hash.int(value ? 1 : 0);
      else if (typeof value === "object" && value !== null) {
        const id = (value as { id?: unknown }).id;
        if (typeof id === "number") hash.number(id);
      }
    }
  }
}
