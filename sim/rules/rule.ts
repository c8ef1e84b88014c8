/** What a rule of the catalogue is, and what it gets to see of a run. */

import type { CompiledModule } from "../instrument/monitor.ts";
import type {
  EventOf,
  EventStamp,
  EventType,
  LabEvent,
  Listener,
  Place,
  RelatedPlace,
  Stamped,
} from "../machine/events.ts";
import type { Cpu } from "../machine/model.ts";
import type { RuleState } from "./state/state.ts";

export type Severity = "error" | "warning" | "advice";

/** How a violation can be seen: by static analysis, in one ordinary run, only in a particular interleaving. */
export type Detection = "static" | "run" | "explore";

export const FAMILIES = {
  life: "Lifetime of net_device and what belongs to it",
  ctx: "Execution context",
  lock: "Locking, rtnl and xmit_lock",
  skb: "Ownership of socket buffers",
  txq: "Transmit queue and flow control",
  napi: "NAPI of the 2.6 kind",
  irq: "Interrupts",
  timer: "Timers, tasklets and work queues",
  dma: "DMA",
  mmio: "Registers",
  pm: "Power management and unplugging",
  dev: "Statistics, ioctl, multicast, carrier",
  run: "The run itself",
} as const;

export type Family = keyof typeof FAMILIES;

/** The machine, as far as rules need it. */
export interface RuleMachine {
  on<T extends EventType>(type: T, listener: Listener<T>): unknown;
  /** Asks for the listener of a type of event when the first one comes; null: nobody listens. */
  onEach(listenerFor: (type: EventType) => Listener | null): void;
  emit(event: LabEvent): void;
  /** Innermost place in the model, or the innermost place at all if the model is not on the stack. */
  here(): Place | null;
  /** The stack, innermost first, from the current context down to the task. */
  stack(): readonly Place[];
  readonly cpus: readonly Cpu[];
  readonly nowNs: number;
  readonly pointCount: number;
  /** Knows the modules of the model. */
  readonly places?: { readonly modelModules: ReadonlySet<CompiledModule> };
}

export type Listeners = { readonly [T in EventType]?: (event: Stamped<EventOf<T>>) => void };

/** What a rule tells about one violation. Rule, severity, CPU, context and tick are added by the engine. */
export interface Finding {
  /** One sentence for the author of the model: what happened to which object, not the text of the rule. */
  readonly message: string;
  /** Default: the innermost place in the model. */
  readonly place?: Place | null;
  /** The objects it is about: later violations about the same objects are consequences. */
  readonly about?: readonly unknown[];
  /** Where the other half of the story happened. */
  readonly related?: readonly RelatedPlace[];
  /** Other rules that the same event breaks. */
  readonly also?: readonly string[];
  /** What a 2.6 kernel with all debug options prints; null where the simulated kernel prints it itself. */
  readonly kernel?: readonly string[];
  readonly stack?: readonly Place[];
}

export interface RuleContext {
  readonly machine: RuleMachine;
  readonly state: RuleState;
  report(finding: Finding): void;
}

export interface Rule {
  readonly id: string;
  readonly family: Family;
  readonly title: string;
  /** The rule in one or two sentences. */
  readonly statement: string;
  readonly severity: Severity;
  /** When exactly it counts as broken. */
  readonly condition: string;
  /** Section of the document, or file and function of Linux. */
  readonly source: string;
  /** What the kernel prints, or null where a real kernel says nothing. */
  readonly kernelMessage: string | null;
  readonly wrong: string;
  readonly right: string;
  readonly fix: string;
  readonly detectedBy: readonly Detection[];
  /** More general rules that every violation of this one also breaks. */
  readonly specialises?: readonly string[];
  /**
   * A symptom: after an error about the same object it stands under that error. `"run"`: after any error of the run
   * (a hang, the limit of the run); `"task"`: after an error in the same task and place (an oops); `"context"`: in a
   * task whose preempt count, interrupt flag or locks an earlier error has spoiled.
   */
  readonly consequence?: "object" | "task" | "run" | "context";
  /** A warning after which a run may hang: the hang stands under it. */
  readonly blocks?: boolean;
  /** Leaves the task with a wrong preempt count, interrupt flag or lock: what it does later may be a consequence. */
  readonly spoils?: boolean;
  /** A rule that never speaks alone: it explains violations of these. */
  readonly explains?: readonly string[];
  /** For `explains`: what it adds to the violation that the event makes, or null. */
  readonly explain?: (ctx: RuleContext) => (event: EventStamp) => readonly RelatedPlace[] | null;
  /**
   * Run-time rules listen; a rule without `listen` is left to static analysis. Called when the first event comes to which the
   * rule listens, or at the start of a run if it returns no listeners.
   */
  readonly listen?: (ctx: RuleContext) => Listeners;
}
