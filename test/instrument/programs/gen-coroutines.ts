// A round-robin scheduler of generators that talk through channels, wait, spawn and fail.
type Op = { op: "recv"; ch: Channel } | { op: "send"; ch: Channel; value: unknown } | { op: "spawn"; task: Task } | { op: "pause" };
type Task = Generator<Op, unknown, any>;
class Channel {
  readonly queue: unknown[] = [];
  readonly waiting: Task[] = [];
  *take(): Task {
    return yield { op: "recv", ch: this };
  }
  *put(value: unknown): Task {
    yield { op: "send", ch: this, value };
  }
}
function run(log: Log, ...roots: Task[]): number {
  const ready: [Task, unknown][] = roots.map((t) => [t, undefined]);
  let turns = 0;
  for (let next; (next = ready.shift()) && turns < 500; turns++) {
    const [task, input] = next;
    let step: IteratorResult<Op, unknown>;
    try {
      step = input instanceof Error ? task.throw(input) : task.next(input);
    } catch (error) {
      log("task failed", (error as Error).message);
      continue;
    }
    if (step.done) log("task ended", step.value);
    else if (step.value.op === "recv") {
      const { ch } = step.value;
      if (ch.queue.length) ready.push([task, ch.queue.shift()]);
      else ch.waiting.push(task);
    } else if (step.value.op === "send") {
      const { ch, value } = step.value;
      const reader = ch.waiting.shift();
      if (reader) ready.push([reader, value]);
      else ch.queue.push(value);
      ready.push([task, undefined]);
    } else if (step.value.op === "spawn") ready.push([step.value.task, undefined], [task, "spawned"]);
    else ready.push([task, turns % 7 === 6 ? new Error("interrupted " + turns) : turns]);
  }
  return turns;
}
export function main(log: Log): unknown {
  const [a, b] = [new Channel(), new Channel()];
  function* producer(n: number): Task {
    for (let i = 0; i < n; i++) yield* a.put(i);
    yield* a.put(null);
    return "produced";
  }
  function* doubler(): Task {
    for (let v; (v = yield* a.take()) !== null; ) yield* b.put((v as number) * 2);
    return log((yield { op: "spawn", task: sleeper(6) }) as string), yield* b.put("end"), "doubled";
  }
  function* sleeper(n: number): Task {
    let slept = 0;
    while (n-- > 0)
      try {
        slept += (yield { op: "pause" }) as number;
      } catch (e) {
        log((e as Error).message);
      }
    if (slept) throw new Error("slept enough");
  }
  function* collector(into: unknown[]): Task {
    do into.push(yield* b.take());
    while (into.at(-1) !== "end");
    return into.length;
  }
  const into: unknown[] = [];
  return [run(log, collector(into), doubler(), producer(4)), into];
}
