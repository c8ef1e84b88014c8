/** What a run tells: its events, stamped with who, where and when, and the numbers of its objects. */
import type { Clock } from "./clock.ts";
import { EventBus } from "./event-bus.ts";
import type { EventType, LabEvent, Listener, Stamped } from "./events.ts";
import type { HistoryHash } from "./history-hash.ts";
import type { Running } from "./stack.ts";

export interface JournalState {
  readonly events: number;
  readonly hash: readonly [number, number];
  /** The last number of each kind of object. */
  readonly ids: readonly (readonly [string, number])[];
}

export class Journal {
  readonly #running: Running;
  readonly #clock: Clock;
  readonly #bus = new EventBus();
  readonly #ids = new Map<string, number>();

  constructor(running: Running, clock: Clock) {
    this.#running = running;
    this.#clock = clock;
  }

  /** Number of the next event. */
  get eventCount(): number {
    return this.#bus.count;
  }

  get hash(): HistoryHash {
    return this.#bus.hash;
  }

  /** True while listeners run or somebody looks: what they read is no access of the program. */
  get silent(): boolean {
    return this.#bus.silent;
  }

  emit(event: LabEvent): void {
    if (!this.#bus.silent) this.#clock.noteEvent();
    const { cpu } = this.#running;
    const task = cpu.current;
    this.#bus.emit(event, cpu.id, task, task.context, this.#clock.pointCount, this.#clock.nowNs);
  }

  on<T extends EventType>(type: T, listener: Listener<T>): () => void {
    return this.#bus.on(type, listener);
  }

  onEach(listenerFor: (type: EventType) => Listener | null): void {
    this.#bus.onEach(listenerFor);
  }

  onAny(listener: Listener): () => void {
    return this.#bus.onAny(listener);
  }

  /** Nobody hears of what `body` does. */
  muted<T>(body: () => T): T {
    this.#bus.muted++;
    try {
      return body();
    } finally {
      this.#bus.muted--;
    }
  }

  /** What a later run of the same beginning starts from. */
  save(): JournalState {
    return { events: this.#bus.count, hash: this.hash.save(), ids: [...this.#ids] };
  }

  load({ events, hash, ids }: JournalState): void {
    this.#bus.load(events, hash);
    this.#ids.clear();
    for (const [kind, id] of ids) this.#ids.set(kind, id);
  }

  retell(event: Stamped): void {
    this.#bus.retell(event);
  }

  objectId(kind: string): number {
    const id = (this.#ids.get(kind) ?? 0) + 1;
    this.#ids.set(kind, id);
    return id;
  }
}
