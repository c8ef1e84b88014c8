/** Which rule listens to what: known before a run, so that a run makes only the rules whose events occur. */
import type { EventType } from "../machine/events.ts";
import type { Listeners, Rule, RuleMachine } from "./rule.ts";
import { RuleState } from "./state/state.ts";

export interface Plan {
  /** Trackers by their place in {@link RuleState.trackers}. */
  readonly trackers: ReadonlyMap<EventType, readonly number[]>;
  /** In the order of the catalogue. */
  readonly byType: ReadonlyMap<EventType, readonly Rule[]>;
  /** Rules that hear of events through a tracker: they listen from the start. */
  readonly always: readonly Rule[];
}

const PLANS = new WeakMap<readonly Rule[], Plan>();

/** What a rule listens to depends on nothing that happens in a run. */
export function planOf(rules: readonly Rule[], machine: RuleMachine): Plan {
  const known = PLANS.get(rules);
  if (known !== undefined) return known;
  const trackers = new Map<EventType, number[]>();
  const byType = new Map<EventType, Rule[]>();
  const always: Rule[] = [];
  // asked once, with trackers that nobody tells anything
  const state = new RuleState(machine);
  state.trackers.forEach(({ listeners }, i) => {
    for (const type of typesOf(listeners)) append(trackers, type, i);
  });
  for (const rule of rules) {
    if (rule.listen === undefined) continue;
    const types = typesOf(rule.listen({ machine, state, report: () => {} }));
    if (types.length === 0) always.push(rule);
    for (const type of types) append(byType, type, rule);
  }
  const plan = { trackers, byType, always };
  PLANS.set(rules, plan);
  return plan;
}

const typesOf = (listeners: Listeners): EventType[] => Object.keys(listeners) as EventType[];

function append<T>(map: Map<EventType, T[]>, type: EventType, value: T): void {
  const list = map.get(type);
  if (list === undefined) map.set(type, [value]);
  else list.push(value);
}
