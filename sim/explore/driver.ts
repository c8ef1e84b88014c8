/** Lets a {@link Searcher} take the machine's decisions: makes steps of transitions, keeps the trace, and sees who only waits. */
import type { Machine } from "../machine/machine.ts";
import type { Cpu, Task } from "../machine/model.ts";
import type { Strategy, Transition } from "../machine/schedule.ts";
import { NOTHING, Operations } from "./operations.ts";
import { type Agent, type Executed, HARDWARE, type Option, type Searcher, type Step } from "./step.ts";

/** After so many looks at the same place without a store, an agent waits for others. */
const LOOKS = 3;

const VECTORS = 10_000;
const CONTEXTS = 20_000;

export class Driver implements Strategy {
  readonly operations: Operations;
  readonly #searcher: Searcher;
  readonly #machine: Machine;
  #trace: Executed[] = [];
  /** How often each agent has looked at a place since it, or whoever it waits for, did something. */
  #looks = new Map<Agent, Map<number, number>>();
  #waiting = new Set<Agent>();

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
    this.#perform(options[chosen]!);
    return chosen;
  }

  only(transition: Transition): void {
    this.#perform(this.#option(transition));
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
    const busy = options.filter((o) => !o.yields);
    if (busy.length === 0 || busy.length === options.length)
      return this.#ask({ options, current, what, point });
    if (busy.length === 1) return options.indexOf(busy[0]!);
    const own = current < 0 ? -1 : busy.indexOf(options[current]!);
    return options.indexOf(busy[this.#ask({ options: busy, current: own, what, point })]!);
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
    const task = transition.kind === "run" ? cpu.current : this.#machine.tasks[transition.id]!;
    const agent = agentOf(task, cpu);
    const operation = this.operations.of(task.pending);
    // an interrupt on top of an idle CPU is no idler
    const idle = task.idle && task.context.kind === "process";
    return { agent, operation, yields: task.nice > 0 || idle || this.#waiting.has(agent), transition };
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

/** The same number for the same actor in every run. */
function agentOf(task: Task, cpu: Cpu): Agent {
  const { context } = task;
  if (context.kind === "process") return task.id;
  return CONTEXTS + cpu.id * 100 + (context.kind === "softirq" ? 1 : 2);
}
