/**
 * Makes a finding small: the run with as few switches as possible that still breaks the same rule at the same place. First
 * delta debugging on the recorded switches, then each switch alone, from the last to the first.
 */
import type { Violation } from "../machine/events.ts";
import { type Decision, FixedOrder, type Strategy, type Transition } from "../machine/schedule.ts";
import type { Outcome, Runner } from "./runner.ts";

/** Follows recorded decisions as far as they fit; where they do not, the running CPU goes on. */
class Loose implements Strategy {
  readonly #decisions: readonly Decision[];
  readonly #fixed = new FixedOrder();
  #next = 0;

  constructor(decisions: readonly Decision[]) {
    this.#decisions = decisions;
  }

  runLength(): number {
    return 0;
  }

  pick(transitions: readonly Transition[], current: number, voluntary: boolean, point: number): number {
    const wanted = this.#take(point, (d) => d[1] !== "choose");
    const found = wanted === null ? -1 : transitions.findIndex((t) => fits(t, wanted));
    if (found >= 0) return found;
    const stay = voluntary ? transitions.findIndex((t) => t.kind === "run" && t.cpu === current) : -1;
    return stay >= 0 ? stay : this.#fixed.pick(transitions, current);
  }

  choose(what: string, n: number, point: number): number {
    const wanted = this.#take(point, (d) => d[1] === "choose" && d[2] === what);
    return wanted !== null && wanted[3] < n ? wanted[3] : 0;
  }

  /** The next decision, if it belongs here; those that have been passed are dropped. */
  #take(point: number, right: (d: Decision) => boolean): Decision | null {
    while (this.#next < this.#decisions.length && this.#decisions[this.#next]![0] < point) this.#next++;
    const next = this.#decisions[this.#next];
    if (next === undefined || next[0] !== point || !right(next)) return null;
    this.#next++;
    return next;
  }
}

function fits(t: Transition, d: Decision): boolean {
  return t.kind === d[1] && t.cpu === d[2] && t.id === d[3];
}

export interface Target {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
}

export interface Shrunk {
  readonly outcome: Outcome;
  readonly violation: Violation;
  /** Runs that it took. */
  readonly runs: number;
}

export function sameViolation(violation: Violation, target: Target, model: string): boolean {
  const { rule, place } = violation;
  return rule === target.rule && (place?.file ?? model) === target.file && (place?.line ?? 1) === target.line;
}

/** Null if the decisions do not show the violation at all, or if there was no time to see it. */
export function shrink(
  runner: Runner,
  decisions: readonly Decision[],
  target: Target,
  model: string,
  mayGoOn: () => boolean,
): Shrunk | null {
  let runs = 0;
  const attempt = (candidate: readonly Decision[]): Shrunk | null => {
    runs++;
    const outcome = runner.play(new Loose(candidate), { mayGoOn });
    if (outcome.reason === "stopped") return null;
    const violation = outcome.violations.find((v) => sameViolation(v, target, model));
    return violation === undefined ? null : { outcome, violation, runs };
  };
  let best = attempt(decisions);
  if (best === null) return null;
  let kept = [...decisions];
  const without = (from: number, to: number): boolean => {
    const candidate = [...kept.slice(0, from), ...kept.slice(to)];
    const found = attempt(candidate);
    if (found === null || switches(found.outcome) > switches(best!.outcome)) return false;
    best = found;
    kept = candidate;
    return true;
  };
  for (
    let size = Math.ceil(kept.length / 2);
    size >= 1 && mayGoOn();
    size = size > 1 ? Math.ceil(size / 2) : 0
  ) {
    for (let end = kept.length; end > 0 && mayGoOn(); end -= size) {
      if (end > kept.length) continue;
      without(Math.max(0, end - size), end);
    }
  }
  return { ...best, runs };
}

/** Switches that nobody needed: those at points where the running agent could have gone on are not told apart from others here. */
function switches({ decisions }: Outcome): number {
  return decisions.length;
}
