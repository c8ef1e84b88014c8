/** Data breakpoints of a session: kept between runs, watched in each run that may stop at them. */
import type { Frame } from "../../sim/instrument/monitor.ts";
import type { CpuId } from "../../sim/machine/model.ts";
import { BreakpointAction } from "../breakpoints/breakpoint.ts";
import { Happening } from "../breakpoints/happening.ts";
import { messageOf, UserError } from "../errors.ts";
import type { Evaluate } from "../expressions/environment.ts";
import type { Dap } from "../protocol.ts";
import type { Run } from "../session/run.ts";
import type { Moment } from "../time/moment.ts";
import { placeText } from "../variables/frameScopes.ts";
import { isSame, textOf, valueIn } from "./snapshot.ts";
import { ABSENT } from "./stablePath.ts";
import { type Target, targetOf } from "./target.ts";
import { type Access, type AccessType, type Watch, watchOf } from "./watch.ts";

export class DataBreakpoint {
  readonly id: number;
  readonly spec: Dap.DataBreakpoint;
  readonly target: Target;
  readonly access: AccessType;
  readonly action: BreakpointAction;

  /** Throws a UserError if there is no such data. */
  constructor(id: number, spec: Dap.DataBreakpoint) {
    this.id = id;
    this.spec = spec;
    this.target = targetOf(spec.dataId);
    this.access = spec.accessType ?? "write";
    this.action = new BreakpointAction(spec);
    if (this.action.problem !== null) throw new UserError(this.action.problem);
  }

  wants(how: Access["how"]): boolean {
    if (this.access === "readWrite") return true;
    return this.access === (how === "read" || how === "contended" ? "read" : "write");
  }
}

export class DataBreakpoints {
  #breakpoints: readonly DataBreakpoint[] = [];
  readonly #equipped = new WeakMap<Run, () => void>();

  /** Replaces all; one answer for each, in order. */
  set(specs: readonly Dap.DataBreakpoint[], newId: () => number, countFrom: number | null): Dap.Breakpoint[] {
    const old = this.#breakpoints;
    const kept: DataBreakpoint[] = [];
    const answers = specs.map((spec): Dap.Breakpoint => {
      try {
        const text = JSON.stringify(spec);
        const same = old.find((one) => JSON.stringify(one.spec) === text);
        const breakpoint = same ?? new DataBreakpoint(newId(), spec);
        if (same === undefined && countFrom !== null) breakpoint.action.countFrom(countFrom);
        kept.push(breakpoint);
        return { id: breakpoint.id, verified: true };
      } catch (error) {
        return { verified: false, message: messageOf(error) };
      }
    });
    this.#breakpoints = kept;
    return answers;
  }

  reset(): void {
    for (const { action } of this.#breakpoints) action.reset();
  }

  forget(ticks: number): void {
    for (const { action } of this.#breakpoints) action.forget(ticks);
  }

  /** A run does not stop any more. */
  rest(run: Run): void {
    this.#equipped.get(run)?.();
    this.#equipped.delete(run);
  }

  /** Makes a run stop where the data is accessed. */
  equip(run: Run): void {
    this.rest(run);
    if (run.noDebug || this.#breakpoints.length === 0) return;
    this.#equipped.set(run, watchData(run, this.#breakpoints));
  }
}

/** Who does something, at the statement that is being executed. */
interface Doer {
  readonly cpu: CpuId;
  readonly frame: Frame;
  readonly pc: number;
  readonly at: Moment;
}

interface Watched {
  readonly breakpoint: DataBreakpoint;
  readonly watch: Watch;
  readonly reached: ReturnType<BreakpointAction["compiled"]>;
  last: unknown;
  done: Access | null;
}

/** Watches data in a run until what is returned is called. */
export function watchData(run: Run, breakpoints: readonly DataBreakpoint[]): () => void {
  const { machine } = run;
  let doer: Doer | null = null;
  const watched: Watched[] = [];
  for (const breakpoint of breakpoints) {
    const one: Watched = {
      breakpoint,
      watch: watchOf(run, breakpoint.target, (access) => {
        if (!breakpoint.wants(access.how)) return;
        one.done ??= access;
      }),
      reached: breakpoint.action.compiled(run, (text) => compileFor(run, text)),
      last: ABSENT,
      done: null,
    };
    one.last = one.watch.value();
    watched.push(one);
  }
  const check = (frame: Frame, pc: number): void => {
    for (const one of watched) {
      const { watch, breakpoint } = one;
      const value = watch.value();
      const old = one.last;
      one.last = value;
      const changed = !isSame(value, old) && value !== ABSENT && old !== ABSENT && !watch.expected();
      const access = one.done ?? (changed && breakpoint.wants("write") ? { how: "write" as const } : null);
      one.done = null;
      if (access === null) continue;
      const by = doer ?? { cpu: machine.cpu.id, frame, pc, at: run.moment };
      const outcome = one.reached({
        frame: null,
        cpu: by.cpu,
        parameters: [],
        watched: { value: valueIn(value), old: valueIn(old) },
      });
      if (outcome.kind !== "stop") continue;
      const text = describe(run, breakpoint.target.label, access, old, value, by);
      machine.debugger.stopSoon("data breakpoint", new Happening([breakpoint.id], by.cpu, text, by.at));
    }
    doer = { cpu: machine.cpu.id, frame, pc, at: run.moment };
  };
  const offs = watched.map(({ watch }) => watch.listen());
  offs.push(machine.debugger.watchStatements(check));
  if (
    watched.some(({ breakpoint }) => breakpoint.target.kind === "value" || breakpoint.target.kind === "bytes")
  )
    offs.push(
      machine.watchAccesses((object, key, kind, args, { fn }) => {
        const access = { object, key, kind, args: args ?? [], module: fn.module.id };
        for (const { watch } of watched) watch.sees(access);
      }),
    );
  return () => {
    for (const off of offs) off();
  };
}

/** A condition sees where the machine stands, the model's variables, and what the data was and is. */
function compileFor(run: Run, text: string): Evaluate {
  const evaluate = run.compile(`(value, old) => (${text})`, run.lab.program.model, -1);
  return (environment) => {
    const condition = evaluate(environment) as (value: unknown, old: unknown) => unknown;
    return condition(environment.watched?.value, environment.watched?.old);
  };
}

function describe(run: Run, label: string, access: Access, old: unknown, value: unknown, by: Doer): string {
  const done =
    isSame(old, value) || access.how !== "write"
      ? verb(access.how)
      : `${textOf(old, run.notes)} → ${textOf(value, run.notes)}`;
  if (access.card !== undefined) return `${label}: ${done} by the card ${access.card}`;
  const place = placeOf(run, by);
  return `${label}: ${done} by CPU ${by.cpu}${place}`;
}

/** ` in open_dev(), snull.ts:88`: the innermost place of the model, or else the innermost one. */
function placeOf(run: Run, { frame, pc }: Doer): string {
  for (let one: Frame | null = frame; one !== null; one = one.parent) {
    if (!run.machine.places.modelModules.has(one.fn.module)) continue;
    const place = run.placeAt(one, one === frame ? pc : one.pc);
    return ` in ${place.fn}(), ${placeText(place)}`;
  }
  const place = run.placeAt(frame, pc);
  return ` in ${place.fn}(), ${placeText(place)}`;
}

function verb(how: Access["how"]): string {
  return how === "write" ? "written (the same value)" : how;
}
