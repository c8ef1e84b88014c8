/** Lets a {@link Searcher} take the machine's decisions: makes steps of transitions, keeps the trace, and sees who only waits. */
import type { Machine } from "../machine/machine.ts";
import type { Cpu, CpuId, Task } from "../machine/model.ts";
import type { Strategy, Transition } from "../machine/schedule.ts";
import { NOTHING, Operations } from "./operations.ts";
import { type Agent, type Executed, HARDWARE, type Option, type Searcher, type Step } from "./step.ts";

/** After so many looks at the same place without a store, an agent waits for others. */
const LOOKS = 3;

/**
 * After so many steps in a row beside others that could act, a CPU lets these go on for a while: an interrupt that comes
 * again until another CPU has masked it would else come for ever.
 */
const STREAK = 10_000;
const REST = 200;

const VECTORS = 10_000;
const CONTEXTS = 20_000;

type CpuTransition = Exclude<Transition, { readonly kind: "hardware" }>;

export class Driver implements Strategy {
  readonly operations: Operations;
  readonly #searcher: Searcher;
  readonly #machine: Machine;
  #trace: Executed[] = [];
  /** How often each agent has looked at a place since it, or whoever it waits for, did something. */
  #looks = new Map<Agent, Map<number, number>>();
  #waiting = new Set<Agent>();
  /** The CPU that has acted last, and for how many steps others could have done so instead. */
  #last: CpuId = -1;
  #streak = 0;
  /** The CPU that others go before, for so many of their steps. */
  #greedy: CpuId = -1;
  #rest = 0;

  constructor(machine: Machine, searcher: Searcher, operations = new Operations()) {
    this.#machine = machine;
    this.#searcher = searcher;
    this.operations = operations;
  }

  get trace(): readonly Executed[] {
    return this.#trace;
  }

  /** A run begins. */
  restart(): void {
    this.#trace = [];
    this.#looks = new Map();
    this.#waiting = new Set();
    this.#last = -1;
    this.#streak = 0;
    this.#greedy = -1;
    this.operations.restart();
  }

  runLength(): number {
    return 0;
  }

  pick(transitions: readonly Transition[], current: number, voluntary: boolean, point: number): number {
    const options = transitions.map((t) => this.#option(t));
    let own = -1;
    if (voluntary) own = transitions.findIndex((t) => t.kind === "run" && t.cpu === current);
    const chosen = this.#decide(options, own, null, point);
    const cpu = cpuOf(options[chosen]!);
    this.#count(
      cpu,
      options.some((o) => cpuOf(o) >= 0 && cpuOf(o) !== cpu && !this.#waits(o)),
    );
    this.#perform(options[chosen]!);
    return chosen;
  }

  only(transition: Transition): void {
    const option = this.#option(transition);
    this.#count(cpuOf(option), false);
    this.#perform(option);
  }

  /** A CPU acts. `contested`: another one could have acted, and not only waited. */
  #count(cpu: CpuId, contested: boolean): void {
    if (cpu < 0) return;
    if (cpu !== this.#last) {
      this.#last = cpu;
      this.#streak = 0;
    }
    if (contested && ++this.#streak === STREAK) {
      this.#greedy = cpu;
      this.#rest = REST;
    } else if (cpu !== this.#greedy && this.#greedy >= 0 && --this.#rest === 0) this.#greedy = -1;
  }

  choose(what: string, n: number, point: number): number {
    const options: Option[] = [];
    for (let i = 0; i < n; i++)
      options.push({ agent: -1 - i, operation: NOTHING, yields: false, transition: null });
    return this.#searcher.pick({ options, current: 0, what, point });
  }

  /** Those who only wait come last: a search is fair, or it would find livelocks of its own making. */
  #decide(options: readonly Option[], current: number, what: string | null, point: number): number {
    if (options.length === 1) return 0;
    let busy = options.filter((o) => !o.yields);
    // ksoftirqd goes before whoever yields until it has run
    if (busy.length === 0) busy = options.filter((o) => !this.#waits(o));
    if (this.#greedy >= 0) {
      const others = options.filter((o) => cpuOf(o) !== this.#greedy && !this.#waits(o));
      if (others.length > 0) busy = others;
    }
    if (busy.length === 0 || busy.length === options.length)
      return this.#ask({ options, current, what, point });
    if (busy.length === 1) return options.indexOf(busy[0]!);
    const own = current < 0 ? -1 : busy.indexOf(options[current]!);
    return options.indexOf(busy[this.#ask({ options: busy, current: own, what, point })]!);
  }

  /** It is idle, or looks again and again; who is only nice has something to do. */
  #waits({ agent, yields, transition }: Option): boolean {
    if (!yields || transition === null || transition.kind === "hardware") return yields;
    return isIdle(this.#taskOf(transition)) || this.#waiting.has(agent);
  }

  #ask(step: Step): number {
    return this.#searcher.pick(step);
  }

  #option(transition: Transition): Option {
    if (transition.kind === "hardware")
      return { agent: HARDWARE + transition.id, operation: NOTHING, yields: false, transition };
    const cpu = this.#machine.cpus[transition.cpu]!;
    if (transition.kind === "vector")
      return { agent: VECTORS + transition.id, operation: NOTHING, yields: false, transition };
    const task = this.#taskOf(transition);
    const agent = agentOf(task, cpu);
    const operation = this.operations.of(task.pending);
    const yields = task.nice > 0 || isIdle(task) || task.pending.yields || this.#waiting.has(agent);
    return { agent, operation, yields, transition };
  }

  #taskOf({ kind, cpu, id }: CpuTransition): Task {
    return kind === "task" ? this.#machine.tasks[id]! : this.#machine.cpus[cpu]!.current;
  }

  #perform({ agent, operation }: Option): void {
    const executed = { agent, operation };
    this.#trace.push(executed);
    this.#searcher.saw?.(executed);
    if (operation.how !== "read") {
      this.#looks.clear();
      this.#waiting.clear();
      return;
    }
    let looks = this.#looks.get(agent);
    if (looks === undefined) {
      looks = new Map();
      this.#looks.set(agent, looks);
    }
    if (operation.site === 0) return;
    const n = (looks.get(operation.site) ?? 0) + 1;
    looks.set(operation.site, n);
    if (n >= LOOKS) this.#waiting.add(agent);
  }
}

/** An interrupt on top of an idle CPU is no idler. */
const isIdle = (task: Task): boolean => task.idle && task.context.kind === "process";

/** -1 for what no CPU does. */
function cpuOf({ transition }: Option): CpuId {
  return transition === null || transition.kind === "hardware" ? -1 : transition.cpu;
}

/** The same number for the same actor in every run. */
function agentOf(task: Task, cpu: Cpu): Agent {
  const { context } = task;
  if (context.kind === "process") return task.id;
  return CONTEXTS + cpu.id * 100 + (context.kind === "softirq" ? 1 : 2);
}
