/** Which rule listens to what: known before a run, so that a run makes only the rules whose events occur. */
import type { EventType } from "../machine/events.ts";
import type { Rule, RuleMachine } from "./rule.ts";
import { RuleState } from "./state/state.ts";

export interface Plan {
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
  const byType = new Map<EventType, Rule[]>();
  const always: Rule[] = [];
  // asked once, with trackers that nobody tells anything
  const state = new RuleState(machine);
  for (const rule of rules) {
    if (rule.listen === undefined) continue;
    const types = Object.keys(rule.listen({ machine, state, report: () => {} })) as EventType[];
    if (types.length === 0) always.push(rule);
    for (const type of types) {
      const list = byType.get(type);
      if (list === undefined) byType.set(type, [rule]);
      else list.push(rule);
    }
  }
  const plan = { byType, always };
  PLANS.set(rules, plan);
  return plan;
}
