/**
 * Runs the catalogue over the events of a machine. What rules report is judged here: once per rule and place, the most
 * special rule of an event speaks, consequences stand under the error that caused them.
 */
import type { EventOf, EventType, Place, RelatedPlace, Stamped, Violation } from "../machine/events.ts";
import type { Context, CpuId, Task } from "../machine/model.ts";
import { RULES } from "./catalogue.ts";
import { contextName } from "./context-name.ts";
import { type Plan, planOf } from "./listening.ts";
import { printReport } from "./report.ts";
import type { Finding, Listeners, Rule, RuleMachine } from "./rule.ts";
import { type HeldLock, samePlace } from "./state/held-locks.ts";
import { RuleState } from "./state/state.ts";

export interface EngineOptions {
  /** Advice counts too. */
  readonly advice?: boolean;
  /** Print the kernel-style report; default true. */
  readonly dmesg?: boolean;
}

interface Explainer {
  readonly rule: Rule;
  readonly explain: (event: AnyEvent) => readonly RelatedPlace[] | null;
}

interface Reported {
  readonly rule: Rule;
  readonly finding: Finding;
}

/** A violation while the run goes on: consequences are still added. */
interface OpenViolation extends Violation {
  readonly related: RelatedPlace[];
  readonly alsoRules: string[];
}

interface Entry {
  readonly rule: Rule;
  readonly violation: OpenViolation;
  /** Who did it, when; the last time, if it happened again. */
  task: Task;
  context: Context;
  cpu: CpuId;
  tick: number;
  /** Number of the event. */
  n: number;
}

type AnyEvent = Stamped<EventOf<EventType>>;

export class RuleEngine {
  readonly state: RuleState;
  readonly #machine: RuleMachine;
  readonly #catalogue: readonly Rule[];
  /** By id; made when something is found. */
  #byId: ReadonlyMap<string, Rule> | null = null;
  readonly #options: EngineOptions;
  readonly #entries: Entry[] = [];
  /** What has been reported, by rule and place: where it stands (under itself, or under another). */
  readonly #seen = new Map<string, Entry>();
  /** Tasks whose preempt count, interrupt flag or locks are wrong, and since which error. */
  readonly #spoiled = new Map<Task, Entry>();
  readonly #plan: Plan;
  /** The rules whose events have occurred. */
  readonly #listening = new Map<Rule, Listeners>();
  #explainers: readonly Explainer[] | null = null;
  #pending: Reported[] = [];
  #depth = 0;

  constructor(machine: RuleMachine, options: EngineOptions = {}, rules: readonly Rule[] = RULES) {
    this.#machine = machine;
    this.#options = options;
    this.#catalogue = rules;
    this.state = new RuleState(machine);
    this.#plan = planOf(rules, machine);
    for (const rule of this.#plan.always) if (this.#counts(rule)) this.#listenersOfRule(rule);
    machine.onEach((type) => this.#listenerFor(type));
  }

  get #rules(): ReadonlyMap<string, Rule> {
    this.#byId ??= new Map(this.#catalogue.map((rule) => [rule.id, rule]));
    return this.#byId;
  }

  /** Everything found so far, in order; consequences are inside. */
  get violations(): readonly Violation[] {
    return this.#entries.map((entry) => entry.violation);
  }

  /** Locks that are held on a CPU now, innermost last: for the debugger's scope. */
  heldLocks(cpu: CpuId): readonly HeldLock[] {
    const running = this.#machine.cpus[cpu];
    return running ? this.state.locks.of(running.current) : [];
  }

  /** Trackers hear of an event before the rules do. */
  #listenerFor(type: EventType): ((event: AnyEvent) => void) | null {
    const listeners: ((event: AnyEvent) => void)[] = [];
    const add = (listener: unknown): void => {
      if (listener !== undefined) listeners.push(listener as (event: AnyEvent) => void);
    };
    for (const i of this.#plan.trackers.get(type) ?? []) add(this.state.trackers[i]!.listeners[type]);
    for (const rule of this.#plan.byType.get(type) ?? [])
      if (this.#counts(rule)) add(this.#listenersOfRule(rule)[type]);
    if (type === "api-misused")
      add((event: EventOf<"api-misused">) => this.#misused(event.rule, event.message));
    return listeners.length === 0 ? null : (event) => this.#tell(listeners, event);
  }

  #counts(rule: Rule): boolean {
    return this.#options.advice === true || rule.severity !== "advice";
  }

  #listenersOfRule(rule: Rule): Listeners {
    let listeners = this.#listening.get(rule);
    if (listeners === undefined) {
      const report = (finding: Finding): void => void this.#pending.push({ rule, finding });
      listeners = rule.listen!({ machine: this.#machine, state: this.state, report });
      this.#listening.set(rule, listeners);
    }
    return listeners;
  }

  /** The kernel itself saw that a rule is broken. */
  #misused(id: string | undefined, message: string): void {
    const rule = id === undefined ? undefined : this.#rules.get(id);
    if (rule && this.#machine.here()?.model) this.#pending.push({ rule, finding: { message } });
  }

  #tell(listeners: readonly ((event: AnyEvent) => void)[], event: AnyEvent): void {
    this.#depth++;
    for (const listener of listeners) listener(event);
    this.#depth--;
    if (this.#depth > 0 || this.#pending.length === 0) return;
    const reported = this.#pending;
    this.#pending = [];
    this.#judge(reported, event);
  }

  /** One event gives one violation for each mistake: those of related rules are one mistake. */
  #judge(reported: readonly Reported[], event: AnyEvent): void {
    const left = [...reported].sort((a, b) => this.#generality(a.rule) - this.#generality(b.rule));
    while (left.length > 0) {
      const first = this.#takeTeller(left);
      const also = new Set(first.finding.also ?? []);
      for (let i = 0; i < left.length; ) {
        const other = left[i]!;
        const named = also.has(other.rule.id) || other.finding.also?.includes(first.rule.id);
        if (!named && !this.#related(first.rule, other.rule)) i++;
        else {
          for (const id of [other.rule.id, ...(other.finding.also ?? [])]) also.add(id);
          left.splice(i, 1);
        }
      }
      this.#add(first, also, event);
    }
  }

  /** Takes out who speaks next: the most special rule, or one as special as that which names it as a part of its story. */
  #takeTeller(left: Reported[]): Reported {
    const first = left[0]!;
    const generality = this.#generality(first.rule);
    const tells = ({ rule, finding }: Reported): boolean =>
      finding.also?.includes(first.rule.id) === true &&
      !first.finding.also?.includes(rule.id) &&
      this.#generality(rule) === generality;
    return left.splice(Math.max(left.findIndex(tells), 0), 1)[0]!;
  }

  #add({ rule, finding }: Reported, also: Set<string>, event: AnyEvent): void {
    const place = finding.place === undefined ? this.#machine.here() : finding.place;
    const key = place ? `${rule.id} ${place.file}:${place.line}` : `${rule.id} ${finding.message}`;
    const again = this.#seen.get(key);
    if (again !== undefined) {
      const { task, context, cpu, point: tick, n } = event;
      Object.assign(again, { task, context, cpu, tick, n });
      return;
    }
    for (const general of this.#ancestors(rule)) also.add(general);
    also.delete(rule.id);

    const violation: OpenViolation = {
      rule: rule.id,
      severity: rule.severity,
      message: finding.message,
      place,
      cpu: event.cpu,
      context: contextName(event, this.#machine),
      tick: event.point,
      timeNs: event.timeNs,
      related: [...(finding.related ?? [])],
      alsoRules: [...also],
      about: finding.about ?? [],
      stack: finding.stack ?? this.#machine.stack(),
    };
    this.#explain(violation, event);
    const sameMistake = this.#samePlaceRelated(rule, violation);
    const cause = sameMistake ? null : this.#cause(rule, violation, event);
    const { task, context, cpu, point: tick, n } = event;
    const entry: Entry = { rule, violation, task, context, cpu, tick, n };
    this.#seen.set(key, sameMistake ?? cause ?? entry);
    if (rule.spoils && !this.#spoiled.has(event.task))
      this.#spoiled.set(event.task, sameMistake ?? cause ?? entry);
    if (sameMistake) merge(sameMistake.violation, violation, false);
    else if (cause) this.#underneath(cause.violation, violation);
    else this.#open(entry, finding);
  }

  #explain(violation: OpenViolation, event: AnyEvent): void {
    this.#explainers ??= this.#makeExplainers();
    for (const { rule, explain } of this.#explainers) {
      if (!rule.explains?.includes(violation.rule)) continue;
      const places = explain(event);
      if (places === null) continue;
      violation.alsoRules.push(rule.id);
      violation.related.push(...places);
    }
  }

  #makeExplainers(): readonly Explainer[] {
    const ctx = { machine: this.#machine, state: this.state, report: () => {} };
    return this.#catalogue.flatMap((rule) => (rule.explain ? [{ rule, explain: rule.explain(ctx) }] : []));
  }

  #open(entry: Entry, finding: Finding): void {
    const { rule, violation } = entry;
    this.#entries.push(entry);
    if (this.#options.dmesg !== false) printReport(this.#machine, rule, violation, finding.kernel ?? []);
    this.#machine.emit({ type: "violation", violation });
  }

  /** A consequence: told below its cause; its id counts too if it is about the same object. */
  #underneath(cause: OpenViolation, consequence: OpenViolation): void {
    merge(cause, consequence, true);
    if (this.#options.dmesg === false) return;
    const where = consequence.place ? ` at ${consequence.place.file}:${consequence.place.line}` : "";
    const text = `netdev-lab: ${consequence.message}${where} [${consequence.rule}], which follows from ${cause.rule}\n`;
    this.#machine.emit({ type: "printk", level: 4, text });
  }

  #samePlaceRelated(rule: Rule, violation: OpenViolation): Entry | null {
    return (
      this.#entries.findLast(
        (entry) =>
          samePlace(entry.violation.place, violation.place) &&
          (this.#related(entry.rule, rule) ||
            entry.violation.alsoRules.includes(rule.id) ||
            violation.alsoRules.includes(entry.rule.id)),
      ) ?? null
    );
  }

  #cause(rule: Rule, violation: OpenViolation, event: AnyEvent): Entry | null {
    const { task } = event;
    if (rule.consequence === undefined) return null;
    if (rule.consequence === "context")
      return this.#spoiled.get(task) ?? (rule.spoils ? this.#inCallback(event) : null);
    const errors = this.#entries.filter((entry) => entry.rule.severity === "error");
    if (rule.consequence === "run")
      return errors.at(-1) ?? this.#entries.findLast((entry) => entry.rule.blocks) ?? null;
    const about = errors.find((entry) => shares(entry.violation.about, violation.about));
    if (about || rule.consequence === "object") return about ?? null;
    return (
      errors.findLast(
        (entry) => entry.task === task && entry.cpu === violation.cpu && near(entry, violation),
      ) ?? null
    );
  }

  /** The callback that is left with a wrong state has done something wrong about locks or contexts before. */
  #inCallback(event: AnyEvent): Entry | null {
    const left = event.type === "callback-left" ? this.state.callbacks.left : null;
    if (left === null) return null;
    const wrong = (entry: Entry): boolean =>
      entry.n >= left.since && entry.context === event.context && CONTEXT_FAMILIES.has(entry.rule.family);
    return this.#entries.findLast(wrong) ?? null;
  }

  /** The more special a rule, the smaller. */
  #generality(rule: Rule): number {
    let n = 0;
    for (const other of this.#rules.values()) if (this.#ancestors(other).has(rule.id)) n++;
    return n - this.#ancestors(rule).size;
  }

  #related(a: Rule, b: Rule): boolean {
    return a === b || this.#ancestors(a).has(b.id) || this.#ancestors(b).has(a.id) || this.#siblings(a, b);
  }

  /** Two special cases of one general rule, told by one event, are one mistake. */
  #siblings(a: Rule, b: Rule): boolean {
    const general = this.#ancestors(a);
    for (const id of this.#ancestors(b)) if (general.has(id)) return true;
    return false;
  }

  readonly #ancestorsOf = new Map<string, ReadonlySet<string>>();

  #ancestors(rule: Rule): ReadonlySet<string> {
    const known = this.#ancestorsOf.get(rule.id);
    if (known) return known;
    const all = new Set<string>();
    for (const id of rule.specialises ?? []) {
      all.add(id);
      const general = this.#rules.get(id);
      if (general) for (const further of this.#ancestors(general)) all.add(further);
    }
    this.#ancestorsOf.set(rule.id, all);
    return all;
  }
}

const CONTEXT_FAMILIES: ReadonlySet<string> = new Set(["ctx", "lock"]);

function merge(into: OpenViolation, other: OpenViolation, consequence: boolean): void {
  const about = !consequence || shares(into.about, other.about);
  if (about) {
    for (const id of [other.rule, ...other.alsoRules]) {
      if (id !== into.rule && !into.alsoRules.includes(id)) into.alsoRules.push(id);
    }
  }
  if (!consequence) return;
  const message = `consequence: ${other.message} [${other.rule}]`;
  into.related.push({ message, place: other.place, cpu: other.cpu, tick: other.tick });
  into.related.push(...other.related);
}

function shares(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.some((object) => b.includes(object));
}

/** Same statement, and no other statement of the task in between to speak of. */
function near(a: Entry, b: Violation): boolean {
  return b.tick - a.tick <= NEAR && sameLine(a.violation.place, b.place);
}

/** Scheduling points between a misuse and the BUG that it runs into. */
const NEAR = 50;

function sameLine(a: Place | null, b: Place | null): boolean {
  return a !== null && b !== null && a.file === b.file && a.line === b.line;
}
