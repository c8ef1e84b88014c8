// A discrete event simulation: priority queue, processes as generators, resources with waiting lists.
class Simulation {
  now = 0;
  #queue: { at: number; seq: number; go: () => void }[] = [];
  #seq = 0;
  constructor(private readonly note: Log) {}
  at(delay: number, go: () => void) {
    const event = { at: this.now + delay, seq: this.#seq++, go };
    const i = this.#queue.findIndex((e) => e.at > event.at);
    this.#queue.splice(i < 0 ? this.#queue.length : i, 0, event);
    return () => void (this.#queue = this.#queue.filter((e) => e !== event));
  }
  start(name: string, process: Generator<number | Resource, void, boolean>) {
    const step = (input: boolean): void => {
      let result;
      try {
        result = process.next(input);
      } catch (e) {
        return this.note(this.now, name, "crashed", (e as Error).message);
      }
      if (result.done) this.note(this.now, name, "ends");
      else if (typeof result.value === "number") this.at(result.value, () => step(true));
      else result.value.acquire(() => step(true));
    };
    this.at(0, () => step(true));
    return { kill: () => (this.note(this.now, name, "killed"), process.return()) };
  }
  run(until = Infinity) {
    for (let e; (e = this.#queue[0]) && e.at <= until; ) {
      this.#queue.shift();
      this.now = e.at;
      e.go();
    }
    return this.now;
  }
}
class Resource {
  #waiting: (() => void)[] = [];
  constructor(private free: number) {}
  acquire(go: () => void) {
    this.free > 0 ? (this.free--, go()) : this.#waiting.push(go);
  }
  release() {
    const next = this.#waiting.shift();
    next ? next() : this.free++;
  }
}
export function main(log: Log): unknown {
  const sim = new Simulation(log);
  const bus = new Resource(2);
  const order: string[] = [];
  function* user(name: string, arrive: number, hold: number): Generator<number | Resource, void, boolean> {
    yield arrive;
    yield bus;
    try {
      order.push(`${name}@${sim.now}`);
      yield hold;
      if (name === "c") throw new Error("bus error");
    } finally {
      bus.release();
      order.push(`-${name}@${sim.now}`);
    }
  }
  const tasks = [..."abcde"].map((n, i) => sim.start(n, user(n, i, 5 - i)));
  const cancel = sim.at(2, () => log("cancelled event"));
  cancel();
  sim.at(4, () => tasks[0]!.kill());
  return [sim.run(6), order.length, sim.run(), order];
}
