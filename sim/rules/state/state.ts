/** The trackers that rules share; they hear of each event before the rules do. */
import type { Listeners, RuleMachine } from "../rule.ts";
import { Callbacks } from "./callbacks.ts";
import { HeldLocks } from "./held-locks.ts";
import { IrqLines } from "./irq-lines.ts";
import { Resources } from "./resources.ts";
import { SkbOwnership } from "./skb-ownership.ts";

export interface Tracker {
  readonly listeners: Listeners;
}

export class RuleState {
  readonly locks: HeldLocks;
  readonly callbacks: Callbacks;
  readonly skbs: SkbOwnership;
  readonly resources: Resources;
  readonly lines: IrqLines;

  constructor(machine: RuleMachine) {
    this.locks = new HeldLocks(machine);
    this.callbacks = new Callbacks(machine, this.locks);
    this.skbs = new SkbOwnership(machine);
    this.resources = new Resources(machine);
    this.lines = new IrqLines();
  }

  /** In the order in which they must hear of an event. */
  get trackers(): readonly Tracker[] {
    return [this.locks, this.callbacks, this.skbs, this.resources, this.lines];
  }
}
