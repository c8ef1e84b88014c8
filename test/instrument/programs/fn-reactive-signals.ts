// Signals, computed values and effects with dependency tracking, batches and cycle detection.
let active: Effect | null = null;
let batchDepth = 0;
let runs = 0;
const pending = new Set<Effect>();
class Signal<T> {
  readonly subscribers = new Set<Effect>();
  constructor(private current: T) {}
  get value(): T {
    if (active) this.subscribers.add(active), active.sources.add(this);
    return this.current;
  }
  set value(next: T) {
    if (Object.is(next, this.current)) return;
    this.current = next;
    batch(() => this.subscribers.forEach((s) => pending.add(s)));
  }
}
class Effect {
  sources = new Set<Signal<any>>();
  running = false;
  runs = 0;
  constructor(readonly body: (e: Effect) => void) {
    this.run();
  }
  run() {
    if (this.running) throw new Error("cycle");
    this.sources.forEach((s) => s.subscribers.delete(this));
    this.sources.clear();
    const outer = active;
    active = this;
    this.running = true;
    try {
      this.runs++;
      this.body(this);
    } finally {
      active = outer;
      this.running = false;
    }
  }
}
function batch<T>(body: () => T): T {
  batchDepth++;
  try {
    return body();
  } finally {
    if (--batchDepth === 0) for (const e of pending) pending.delete(e), e.run();
  }
}
function computed<T>(f: () => T) {
  const s = new Signal<T>(undefined as T);
  new Effect(() => (s.value = f()));
  return { get value() { return s.value; } };
}
export function main(log: Log): unknown {
  const [a, b, on] = [new Signal(1), new Signal(10), new Signal(true)];
  const sum = computed(() => a.value + b.value);
  const label = computed(() => (on.value ? `sum ${sum.value}` : "off"));
  const e = new Effect(() => log(label.value));
  a.value++;
  batch(() => {
    a.value = 5;
    b.value = 6;
    a.value += b.value;
  });
  on.value = false;
  b.value *= 2;
  on.value = true;
  let failed: unknown;
  try {
    new Effect(() => a.value++);
  } catch (error) {
    failed = (error as Error).message;
  }
  return [sum.value, label.value, e.runs, failed, a.value, batchDepth, pending.size, ++runs];
}
