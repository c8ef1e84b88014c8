/** One breakpoint of the user, of whatever kind, and what it does when the machine comes by. */
import type { CompiledModule } from "../../sim/instrument/monitor.ts";
import type { Hit } from "../../sim/machine/debugger.ts";
import { messageOf } from "../errors.ts";
import type { Environment, Evaluate } from "../expressions/environment.ts";
import { parse } from "../expressions/parse.ts";
import type { Run } from "../session/run.ts";
import { show } from "../variables/format.ts";
import { type HitCondition, parseHitCondition } from "./hitCondition.ts";
import { type LogPart, parseLogMessage } from "./logMessage.ts";

/** What the user wrote beside the place. */
export interface BreakpointSpec {
  readonly condition?: string;
  readonly hitCondition?: string;
  readonly logMessage?: string;
}

export type Outcome =
  | { kind: "pass" }
  | { kind: "stop"; problem?: string }
  | { kind: "log"; text: string; told(): void };

/** The most frequent outcome, made once: conditions are tested on the hot path. */
export const PASS: Outcome = { kind: "pass" };

/** The tests and texts of a breakpoint; `problem` says why it can never work. */
export class BreakpointAction {
  readonly problem: string | null;
  readonly #spec: BreakpointSpec;
  readonly #hitCondition: HitCondition | null = null;
  readonly #log: readonly LogPart[] | null = null;
  /** Statements at which the place was reached and the condition held, in order: the count rewinds with time. */
  #hits: number[] = [];
  /** Hits are counted from here on. */
  #since = 0;
  /** Statements at which the log message was told. */
  readonly #told = new Set<number>();

  constructor(spec: BreakpointSpec) {
    this.#spec = spec;
    let problem: string | null = null;
    try {
      if (hasText(spec.condition)) parse(spec.condition);
      if (hasText(spec.hitCondition)) this.#hitCondition = parseHitCondition(spec.hitCondition);
      if (hasText(spec.logMessage)) this.#log = parseLogMessage(spec.logMessage);
      for (const part of this.#log ?? []) if ("expression" in part) parse(part.expression);
    } catch (error) {
      problem = messageOf(error);
    }
    this.problem = problem;
  }

  /** A new run counts from the start. */
  reset(): void {
    this.#hits = [];
    this.#since = 0;
    this.#told.clear();
  }

  /** Counting begins at a statement of the run. */
  countFrom(ticks: number): void {
    this.#since = ticks;
  }

  /** What came after a statement will come otherwise. */
  forget(ticks: number): void {
    this.#hits = this.#hits.filter((hit) => hit <= ticks);
    for (const told of this.#told) if (told > ticks) this.#told.delete(told);
  }

  /** Number of the hit at a statement. */
  #count(ticks: number): number {
    const last = this.#hits.at(-1) ?? -1;
    if (ticks > last) return this.#hits.push(ticks);
    let i = this.#hits.findIndex((hit) => hit >= ticks);
    if (this.#hits[i] !== ticks) this.#hits.splice(i, 0, ticks);
    return ++i;
  }

  /** Compiled for one place: names are found now. Throws a UserError if the condition cannot work there. */
  at(run: Run, module: CompiledModule, pc: number): (hit: Hit) => Outcome {
    const reached = this.compiled(run, (text) => run.compile(text, module, pc));
    return (hit) => reached({ frame: hit.frame, cpu: hit.cpu, parameters: [] });
  }

  /** Compiled by `compile`, for what happens at no statement of its own. */
  compiled(run: Run, compile: (text: string) => Evaluate): (environment: Environment) => Outcome {
    const condition = hasText(this.#spec.condition) ? compile(this.#spec.condition) : null;
    const log = this.#log === null ? null : compileLog(this.#log, run, compile);
    const { machine } = run;
    return (environment) => this.#reached(environment, machine.tickCount, condition, log);
  }

  #reached(
    environment: Environment,
    ticks: number,
    condition: Evaluate | null,
    log: ((environment: Environment) => string) | null,
  ): Outcome {
    if (condition !== null) {
      try {
        if (!condition(environment)) return PASS;
      } catch (error) {
        return {
          kind: "stop",
          problem: `The condition "${this.#spec.condition}" failed: ${messageOf(error)}`,
        };
      }
    }
    if (this.#hitCondition !== null) {
      if (ticks <= this.#since || !this.#hitCondition(this.#count(ticks))) return PASS;
    }
    if (log === null) return { kind: "stop" };
    if (this.#told.has(ticks)) return PASS;
    return { kind: "log", text: log(environment), told: () => void this.#told.add(ticks) };
  }
}

function compileLog(parts: readonly LogPart[], run: Run, compile: (text: string) => Evaluate) {
  const compiled = parts.map((part) =>
    "text" in part ? () => part.text : logged(part.expression, compile(part.expression), run),
  );
  return (environment: Environment): string => compiled.map((part) => part(environment)).join("");
}

function logged(text: string, evaluate: Evaluate, run: Run) {
  return (environment: Environment): string => {
    try {
      const value = evaluate(environment);
      return typeof value === "string" ? value : show(value, run.notes).text;
    } catch (error) {
      return `{${text}: ${messageOf(error)}}`;
    }
  };
}

function hasText(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== "";
}
