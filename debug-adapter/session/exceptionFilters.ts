/** Which violations stop the run: one filter per family of rules, each with an optional condition. */
import type { Violation } from "../../sim/machine/events.ts";
import { FAMILIES } from "../../sim/rules/rule.ts";
import { EventBreakpoints, eventFilters } from "../breakpoints/eventBreakpoints.ts";
import { messageOf, UserError } from "../errors.ts";
import { GLOBALS } from "../expressions/builtins.ts";
import { compileExpression } from "../expressions/compile.ts";
import type { Evaluate, Names, Policy } from "../expressions/environment.ts";
import type { Dap } from "../protocol.ts";
import { familyOf } from "./rules.ts";

const CONDITION_HINT = 'e.g. rule == "lock-order" && cpu == 1';
/** Rules that have a filter of their own. */
const CRASHES: ReadonlySet<string> = new Set(["oops", "ctx-stack-overflow"]);
const STANDSTILLS: ReadonlySet<string> = new Set(["deadlock", "hang"]);
const WARNINGS = "warnings";

/** The filters that a client offers. */
export function exceptionFilters(): Dap.ExceptionBreakpointsFilter[] {
  const filter = (
    id: string,
    label: string,
    description: string,
    on = true,
  ): Dap.ExceptionBreakpointsFilter => ({
    filter: id,
    label,
    description,
    default: on,
    supportsCondition: true,
    conditionDescription: CONDITION_HINT,
  });
  const families = Object.entries(FAMILIES)
    .filter(([id]) => id !== "run")
    .map(([id, title]) => filter(id, title, `Stop at errors against rules of the family "${id}".`));
  return [
    ...families,
    filter(
      "run",
      FAMILIES.run,
      "Stop when the run itself fails: an expectation of the workload, the limit of the run.",
    ),
    filter(
      "oops",
      "Oops and BUG",
      "Stop when a task crashes: an exception, a null dereference, BUG(), a stack overflow.",
    ),
    filter("deadlock", "Deadlocks and hangs", "Stop when nothing can ever run again."),
    filter(
      WARNINGS,
      "Warnings too",
      "Filters that are on also stop at warnings and advice, not only at errors.",
      false,
    ),
    ...eventFilters(),
  ];
}

/** The filter under which a rule falls. */
export function filterOf(rule: string): string {
  if (CRASHES.has(rule)) return "oops";
  if (STANDSTILLS.has(rule)) return "deadlock";
  return familyOf(rule);
}

/** What a condition may speak of. */
const FIELDS = ["rule", "family", "severity", "cpu", "context", "message", "tick", "file", "line"] as const;
type Field = (typeof FIELDS)[number];

const policy: Policy = { mayMutate: false, isPure: () => false, isFreed: () => false };

interface Active {
  readonly condition: Evaluate | null;
}

export class ExceptionFilters {
  readonly #events: EventBreakpoints;
  readonly #active = new Map<string, Active>();
  /** The violation that conditions are evaluated about. */
  #about: Record<Field, unknown> | null = null;

  /** `events`: who sees to the filters of events. */
  constructor(events = new EventBreakpoints()) {
    this.#events = events;
    for (const { filter, default: on } of exceptionFilters())
      if (on) this.#active.set(filter, { condition: null });
  }

  /** Replaces the active filters; one answer for each that was named, in order. */
  set(args: Dap.SetExceptionBreakpointsArguments): Dap.Breakpoint[] {
    this.#active.clear();
    this.#events.clear();
    const wanted: Dap.ExceptionFilterOptions[] = [
      ...args.filters.map((filterId) => ({ filterId })),
      ...(args.filterOptions ?? []),
    ];
    const known = new Set(exceptionFilters().map(({ filter }) => filter));
    return wanted.map((option) => {
      const { filterId, condition } = option;
      const ofEvent = this.#events.add(option);
      if (ofEvent !== null) return ofEvent;
      if (!known.has(filterId))
        return {
          verified: false,
          message: `there is no filter "${filterId}"; there are ${[...known].join(", ")}`,
        };
      try {
        this.#active.set(filterId, { condition: this.#compile(condition) });
        return { verified: true };
      } catch (error) {
        return { verified: false, message: messageOf(error) };
      }
    });
  }

  /** Does this violation stop the run? */
  stopsAt(violation: Violation): boolean {
    const active = this.#active.get(filterOf(violation.rule));
    if (active === undefined || !this.#holds(active, violation)) return false;
    if (violation.severity === "error") return true;
    const warnings = this.#active.get(WARNINGS);
    return warnings !== undefined && this.#holds(warnings, violation);
  }

  #holds({ condition }: Active, violation: Violation): boolean {
    if (condition === null) return true;
    const { rule, severity, cpu, context, message, tick, place } = violation;
    const family = familyOf(rule);
    this.#about = {
      rule,
      family,
      severity,
      cpu,
      context,
      message,
      tick,
      file: place?.file,
      line: place?.line,
    };
    try {
      return Boolean(condition({ frame: null, cpu, parameters: [] }));
    } catch {
      return false;
    } finally {
      this.#about = null;
    }
  }

  #compile(condition: string | undefined): Evaluate | null {
    if (condition === undefined || condition.trim() === "") return null;
    const names: Names = {
      lookup: (name) => {
        const field = FIELDS.find((f) => f === name);
        if (field !== undefined) return { read: () => this.#about?.[field] };
        if (Object.hasOwn(GLOBALS, name)) return { read: () => GLOBALS[name] };
        throw new UserError(`${name} is not known here: a condition speaks of ${FIELDS.join(", ")}`);
      },
    };
    return compileExpression(condition, names, policy).evaluate;
  }
}
