/**
 * Systematic search, in order of cost: depth first through all schedules with at most so many preemptions (switches away
 * from an agent that could go on) or delays (agents passed over in round-robin order). With `reduce`, orders of operations
 * that do not depend on each other are tried once (sleep sets).
 */
import {
  type Agent,
  dependent,
  type Executed,
  HARDWARE,
  type Operation,
  type Option,
  type RunEnd,
  type Searcher,
  type Step,
} from "../step.ts";

interface Sleeper {
  readonly agent: Agent;
  readonly operation: Operation;
}

interface Node {
  readonly options: readonly Option[];
  /** Options still to be tried, the next one last. */
  readonly left: number[];
  chosen: number;
  /** Cost up to here. */
  readonly cost: number;
  /** What need not be tried here: the same as something that was tried before. */
  readonly sleep: Sleeper[];
}

export interface BoundedOptions {
  readonly bound?: number;
  readonly cost: "preemptions" | "delays";
  readonly reduce?: boolean;
}

export class BoundedSearch implements Searcher {
  readonly name: string;
  readonly #bound: number;
  readonly #cost: BoundedOptions["cost"];
  readonly #reduce: boolean;
  #path: Node[] = [];
  #depth = 0;
  #sleep: Sleeper[] = [];
  #started = false;
  #exhausted = false;
  /** Something was left out because of the bound. */
  #cut = false;

  constructor(options: BoundedOptions) {
    this.#bound = options.bound ?? Number.POSITIVE_INFINITY;
    this.#cost = options.cost;
    this.#reduce = options.reduce ?? false;
    this.name = this.#reduce ? "dpor" : options.cost === "delays" ? "delay" : "dfs";
  }

  /** Every schedule within the bound has been tried. */
  get exhausted(): boolean {
    return this.#exhausted;
  }

  /** The bound left nothing out: what was tried is all there is. */
  get complete(): boolean {
    return this.#exhausted && !this.#cut;
  }

  begin(): boolean {
    if (this.#started && !this.#advance()) {
      this.#exhausted = true;
      return false;
    }
    this.#started = true;
    this.#depth = 0;
    this.#sleep = [];
    return true;
  }

  pick(step: Step): number {
    const node = this.#path[this.#depth] ?? this.#newNode(step);
    this.#depth++;
    this.#sleep = node.sleep;
    return node.chosen;
  }

  saw({ agent, operation }: Executed): void {
    if (agent >= HARDWARE) this.#sleep = [];
    else if (this.#sleep.length > 0)
      this.#sleep = this.#sleep.filter((s) => s.agent !== agent && !dependent(s.operation, operation));
  }

  end(_end: RunEnd): void {
    this.#path.length = Math.min(this.#path.length, this.#depth);
  }

  #newNode(step: Step): Node {
    const { options, current } = step;
    const before = this.#path.at(-1);
    const cost = before === undefined ? 0 : before.cost + this.#costOf(before, before.chosen);
    const first = current >= 0 ? current : 0;
    const node: Node & { current?: number } = {
      options,
      left: [],
      chosen: first,
      cost,
      sleep: [...this.#sleep],
    };
    node.current = current;
    const order = options.map((_, i) => (first + i) % options.length);
    for (const i of order.reverse()) {
      if (cost + this.#costOf(node, i) > this.#bound) this.#cut = true;
      else if (!this.#sleeps(node, options[i]!)) node.left.push(i);
    }
    node.chosen = node.left.pop() ?? first;
    this.#path.push(node);
    return node;
  }

  #sleeps(node: Node, option: Option): boolean {
    return this.#reduce && mayBeReduced(option) && node.sleep.some((s) => s.agent === option.agent);
  }

  #costOf(node: Node & { current?: number }, i: number): number {
    const current = node.current ?? -1;
    const option = node.options[i]!;
    if (option.transition === null) return 0;
    if (this.#cost === "preemptions")
      return current >= 0 && i !== current && option.transition.kind !== "vector" ? 1 : 0;
    const n = node.options.length;
    return (i - Math.max(0, current) + n) % n;
  }

  /** To the next schedule: the deepest node with something left. */
  #advance(): boolean {
    for (let node = this.#path.at(-1); node !== undefined; node = this.#path.at(-1)) {
      const done = node.options[node.chosen]!;
      if (this.#reduce && mayBeReduced(done))
        node.sleep.push({ agent: done.agent, operation: done.operation });
      const next = node.left.pop();
      if (next !== undefined) {
        node.chosen = next;
        return true;
      }
      this.#path.pop();
    }
    return false;
  }
}

/** Is it known what its operation touches? */
function mayBeReduced({ agent, transition }: Option): boolean {
  return transition !== null && agent < HARDWARE;
}
