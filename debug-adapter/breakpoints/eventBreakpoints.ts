/** Stops at what happens rather than at a place: an interrupt comes in, a CPU changes over, a register is touched. */
import type { EventType, Stamped } from "../../sim/machine/events.ts";
import { messageOf, UserError } from "../errors.ts";
import { GLOBALS } from "../expressions/builtins.ts";
import { compileExpression } from "../expressions/compile.ts";
import type { Evaluate, Names, Policy } from "../expressions/environment.ts";
import type { Dap } from "../protocol.ts";
import { lockName } from "../session/lockName.ts";
import type { Run } from "../session/run.ts";
import { SPECIAL_NAMES, specialNames } from "../session/specialNames.ts";
import { Happening } from "./happening.ts";

/** What a condition may ask of an event, beside where the machine stands. */
const FIELDS = ["name", "register", "value", "write", "lock"] as const;
type Facts = Partial<Readonly<Record<(typeof FIELDS)[number], unknown>>>;

interface EventKind {
  readonly filter: string;
  readonly label: string;
  readonly description: string;
  readonly types: readonly EventType[];
  /** Words and facts of an event; null: it is not meant. */
  tell(event: Stamped, run: Run): { readonly text: string; readonly facts: Facts } | null;
  /** The stop waits until the CPU that it happened on executes again. */
  readonly thereOnly?: boolean;
}

const KINDS: readonly EventKind[] = [
  contextEntry("event:hardirq", "Interrupt entry", "hardirq"),
  contextEntry("event:softirq", "Softirq entry", "softirq"),
  {
    filter: "event:switch",
    label: "Context switch",
    description: "Stop when a CPU changes over to another task.",
    types: ["task-switched"],
    thereOnly: true,
    tell: (event) =>
      event.type !== "task-switched"
        ? null
        : { text: `${event.from.name} → ${event.to.name}`, facts: { name: event.to.name } },
  },
  {
    filter: "event:timer",
    label: "Timer fires",
    description: "Stop when the kernel is about to call a timer's function.",
    types: ["timer-fired"],
    thereOnly: true,
    tell(event) {
      if (event.type !== "timer-fired") return null;
      const { function: fn } = event.timer as { function?: { name?: string } | null };
      const name = fn?.name ?? "";
      return { text: name === "" ? "a timer fires" : `timer ${name} fires`, facts: { name } };
    },
  },
  {
    filter: "event:contended",
    label: "Lock contention",
    description: "Stop when a CPU must wait for a lock.",
    types: ["lock-contended"],
    tell(event, run) {
      if (event.type !== "lock-contended") return null;
      const name = lockName(run, event.lock);
      return { text: `lock ${name} is waited for`, facts: { name, lock: name } };
    },
  },
  {
    filter: "event:mmio",
    label: "Register access",
    description: "Stop when the driver has read or written a register of the card.",
    types: ["mmio-read", "mmio-write"],
    tell(event) {
      if (event.type !== "mmio-read" && event.type !== "mmio-write") return null;
      const { register, value } = event;
      const write = event.type === "mmio-write";
      const name = register === "" ? `0x${event.address.toString(16)}` : register;
      const text = `${name} ${write ? "written" : "read"}: 0x${(value >>> 0).toString(16)}`;
      return { text, facts: { name, register: name, value, write } };
    },
  },
];

function contextEntry(filter: string, label: string, kind: "hardirq" | "softirq"): EventKind {
  return {
    filter,
    label,
    description: `Stop at the first statement of each ${kind} context.`,
    types: ["context-entered"],
    thereOnly: true,
    tell: (event) =>
      event.type === "context-entered" && event.entered.kind === kind
        ? { text: `${event.entered.name} begins`, facts: { name: event.entered.name } }
        : null,
  };
}

/** The filters that a client offers. */
export function eventFilters(): Dap.ExceptionBreakpointsFilter[] {
  return KINDS.map(({ filter, label, description }) => ({
    filter,
    label,
    description,
    default: false,
    supportsCondition: true,
    conditionDescription: 'e.g. cpu == 1 && name == "NET_RX"',
  }));
}

const policy: Policy = { mayMutate: false, isPure: () => false, isFreed: () => false };

export class EventBreakpoints {
  readonly #active = new Map<EventKind, Evaluate | null>();
  readonly #equipped = new WeakMap<Run, () => void>();
  /** What a condition is being evaluated about. */
  #about: { readonly run: Run; readonly facts: Facts } | null = null;

  clear(): void {
    this.#active.clear();
  }

  /** Null if there is no such filter. */
  add({ filterId, condition }: Dap.ExceptionFilterOptions): Dap.Breakpoint | null {
    const kind = KINDS.find(({ filter }) => filter === filterId);
    if (kind === undefined) return null;
    try {
      const text = condition?.trim() ?? "";
      this.#active.set(kind, text === "" ? null : this.#compile(text));
      return { verified: true };
    } catch (error) {
      return { verified: false, message: messageOf(error) };
    }
  }

  /** A run does not stop any more. */
  rest(run: Run): void {
    this.#equipped.get(run)?.();
    this.#equipped.delete(run);
  }

  /** Makes a run stop at the events that are wanted. */
  equip(run: Run): void {
    this.rest(run);
    if (run.noDebug || this.#active.size === 0) return;
    const offs = [...this.#active].flatMap(([kind, condition]) =>
      kind.types.map((type) => run.machine.on(type, (event) => this.#happened(run, kind, condition, event))),
    );
    this.#equipped.set(run, () => {
      for (const off of offs) off();
    });
  }

  #happened(run: Run, kind: EventKind, condition: Evaluate | null, event: Stamped): void {
    const told = kind.tell(event, run);
    if (told === null || !this.#holds(run, condition, event, told.facts)) return;
    const { cpu } = event;
    const happening = new Happening([], cpu, `${kind.label}: ${told.text} (CPU ${cpu})`, run.moment);
    run.machine.debugger.stopSoon("event", happening, kind.thereOnly === true ? cpu : -1);
  }

  #holds(run: Run, condition: Evaluate | null, { cpu }: Stamped, facts: Facts): boolean {
    if (condition === null) return true;
    this.#about = { run, facts };
    try {
      return Boolean(condition({ frame: null, cpu, parameters: [] }));
    } catch {
      return false;
    } finally {
      this.#about = null;
    }
  }

  #compile(text: string): Evaluate {
    const names: Names = {
      lookup: (name) => {
        const field = FIELDS.find((one) => one === name);
        if (field !== undefined) return { read: () => this.#about?.facts[field] };
        const special = SPECIAL_NAMES.find((one) => one === name);
        if (special !== undefined)
          return { read: (where) => this.#about && specialNames(this.#about.run)[special]?.(where) };
        if (Object.hasOwn(GLOBALS, name)) return { read: () => GLOBALS[name] };
        const known = [...FIELDS, ...SPECIAL_NAMES].join(", ");
        throw new UserError(`${name} is not known here: a condition speaks of ${known}`);
      },
    };
    return compileExpression(text, names, policy).evaluate;
  }
}
