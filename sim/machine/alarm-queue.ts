/** What is to happen at a moment of virtual time: a binary heap ordered by (time, order of request). */
export interface Alarm {
  readonly timeNs: number;
  readonly order: number;
  readonly fire: () => void;
  cancelled: boolean;
}

export interface AlarmState {
  readonly order: number;
  readonly alarms: readonly (readonly [alarm: Alarm, cancelled: boolean])[];
}

export class AlarmQueue {
  readonly #heap: Alarm[] = [];
  #order = 0;

  /** What is to happen, and the number of the next request. */
  save(): AlarmState {
    return { order: this.#order, alarms: this.#heap.map((alarm) => [alarm, alarm.cancelled]) };
  }

  load({ order, alarms }: AlarmState): void {
    this.#order = order;
    this.#heap.length = 0;
    for (const [alarm, cancelled] of alarms) {
      alarm.cancelled = cancelled;
      this.#heap.push(alarm);
    }
  }

  add(timeNs: number, fire: () => void): Alarm {
    const alarm: Alarm = { timeNs, order: this.#order++, fire, cancelled: false };
    const heap = this.#heap;
    let i = heap.push(alarm) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(alarm, heap[parent]!)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = alarm;
    return alarm;
  }

  /** Time of the next alarm, or Infinity. */
  nextNs(): number {
    this.#dropCancelled();
    return this.#heap[0]?.timeNs ?? Number.POSITIVE_INFINITY;
  }

  /** Takes the next alarm that is due at `nowNs`, if any. */
  takeDue(nowNs: number): Alarm | undefined {
    return this.nextNs() <= nowNs ? this.#pop() : undefined;
  }

  #dropCancelled(): void {
    while (this.#heap[0]?.cancelled) this.#pop();
  }

  #pop(): Alarm | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
    return first;
  }
}

function before(a: Alarm, b: Alarm): boolean {
  return a.timeNs < b.timeNs || (a.timeNs === b.timeNs && a.order < b.order);
}
