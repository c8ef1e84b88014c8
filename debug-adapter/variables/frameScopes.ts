/** A frame, expanded: its scopes by name, and the values of watched expressions. */
import type { Frame } from "../../sim/instrument/monitor.ts";
import type { Place } from "../../sim/machine/events.ts";
import { peek } from "../../sim/machine/freed-memory.ts";
import type { CpuId } from "../../sim/machine/model.ts";
import { hardirqDepth, preemptDepth, softirqDepth } from "../../sim/rules/preempt-count.ts";
import type { HeldLock } from "../../sim/rules/state/held-locks.ts";
import { contextNameOf, contextsOf, contextTitle, timeText } from "../session/cpuView.ts";
import { lockName, waitText } from "../session/lockName.ts";
import type { Run } from "../session/run.ts";
import { type Container, FixedContainer, type Part, SmallContainer } from "./container.ts";
import { typeName } from "./format.ts";
import { registersScope, ringsScope, timersScope } from "./machineScopes.ts";
import { closureOf, findVariable, localsOf, moduleVariables } from "./scopeContainers.ts";
import { containerOf, valuePart } from "./valueContainers.ts";

export interface ScopePart extends Part {
  readonly container: Container;
  readonly hint?: "locals" | "arguments" | "registers";
  readonly expensive?: boolean;
}

export class FrameContainer extends SmallContainer {
  readonly run: Run;
  readonly cpu: CpuId;
  readonly frame: Frame;

  constructor(run: Run, cpu: CpuId, frame: Frame) {
    super();
    this.run = run;
    this.cpu = cpu;
    this.frame = frame;
  }

  parts(): ScopePart[] {
    const { run, cpu, frame } = this;
    const scope = (name: string, container: Container, more: Partial<ScopePart> = {}): ScopePart => ({
      name,
      value: "",
      container,
      ...more,
    });
    const closure = closureOf(frame, run.notes);
    const loaded = run.lab.modules.get(frame.fn.module);
    const device = deviceOf(frame);
    return [
      scope("Locals", localsOf(frame, run.notes), { hint: "locals" }),
      ...(closure.count().named > 0 ? [scope("Closure", closure)] : []),
      scope("Context", contextScope(run, cpu)),
      scope("Held locks", heldLocksScope(run, cpu)),
      ...(device === null ? [] : [scope("Device", containerOf(device.value, run.notes, device.expression)!)]),
      ...(loaded === undefined
        ? []
        : [scope("Module", moduleVariables(loaded, run.notes), { expensive: true })]),
      ...(run.lab.hardware.cards.length === 0
        ? []
        : [
            scope("Registers", registersScope(run), { hint: "registers", expensive: true }),
            scope("Rings & DMA", ringsScope(run), { expensive: true }),
          ]),
      scope("Timers & interrupts", timersScope(run), { expensive: true }),
    ];
  }

  /** `=expression` is the value of a watched expression; everything else is a scope. */
  override part(key: string): Container | undefined {
    if (!key.startsWith("=")) return super.part(key);
    const expression = key.slice(1);
    try {
      return containerOf(
        this.run.evaluate(expression, this.cpu, this.frame, false),
        this.run.notes,
        expression,
      );
    } catch {
      return undefined;
    }
  }
}

/** Where a CPU stands: the context scope. */
export function contextScope(run: Run, cpu: CpuId): Container {
  return new FixedContainer(() => {
    const it = run.machine.cpus[cpu]!;
    const task = it.current;
    const count = task.preemptCount;
    const depths = `preempt ${preemptDepth(count)}, softirq ${softirqDepth(count)}, hardirq ${hardirqDepth(count)}`;
    const facts: [string, string][] = [
      ["context", contextNameOf(run, cpu)],
      ["running", contextsOf(it).map(contextTitle).join(" on top of ")],
      ["irqs_disabled", String(it.irqsDisabled)],
      ["preempt_count", `0x${count.toString(16)} (${depths})`],
      ["task", `${task.name} (${task.state})`],
      ...(task.waitsFor === null ? [] : ([["waits for", waitText(run, task)]] as [string, string][])),
      ["pending interrupts", it.pendingVectors.length === 0 ? "none" : it.pendingVectors.join(", ")],
      ["virtual time", timeText(run.machine.nowNs)],
      ["tick", String(run.machine.pointCount)],
    ];
    return facts.map(([name, value]) => ({ name, value, readOnly: true, kind: "virtual" as const }));
  });
}

/** The locks that a CPU holds, innermost first. */
export function heldLocksScope(run: Run, cpu: CpuId): Container {
  return new FixedContainer(() => {
    const held = [...run.heldLocks(cpu)].reverse();
    if (held.length === 0) return [{ name: "none", value: "", readOnly: true, kind: "virtual" }];
    return held.map((lock, i) => heldLockPart(run, lock, i));
  });
}

function heldLockPart(run: Run, held: HeldLock, i: number): Part {
  const at = held.place === null ? "" : `, taken at ${placeText(held.place)}`;
  const variant = held.variant === "plain" ? held.kind : `${held.kind}, ${held.variant}`;
  const details = (): Part[] => {
    const facts: [string, string][] = [
      ["class", held.lock.lockClass],
      ["kind", variant],
      ["taken in", contextTitle(held.context)],
      ["taken at", held.place === null ? "(unknown)" : placeText(held.place)],
      ["tick", String(held.tick)],
    ];
    return [
      ...facts.map(([name, value]): Part => ({ name, value, readOnly: true, kind: "virtual" })),
      { ...valuePart("lock", held.lock, run.notes, undefined), readOnly: true },
    ];
  };
  return {
    name: lockName(run, held.lock),
    key: String(i),
    value: `${variant}${at}`,
    readOnly: true,
    place: held.place,
    watch: { kind: "lock", lock: held.lock.id, label: `lock ${lockName(run, held.lock)}` },
    container: new FixedContainer(details),
  };
}

export function placeText(place: Place): string {
  return `${place.file.slice(place.file.lastIndexOf("/") + 1)}:${place.line}`;
}

/** The net_device that the innermost frames are about. */
function deviceOf(top: Frame): { value: object; expression: string | undefined } | null {
  let frame: Frame | null = top;
  for (let n = 0; frame !== null && n < 8; n++, frame = frame.parent) {
    const device = findVariable(frame, isDevice) ?? deviceBehind(findVariable(frame, hasDevice));
    if (device !== undefined) return { value: device as object, expression: undefined };
  }
  return null;
}

function isDevice(value: unknown): boolean {
  return typeof value === "object" && value !== null && typeName(value) === "net_device";
}

function hasDevice(value: unknown): boolean {
  return typeof value === "object" && value !== null && isDevice(peek(value, "dev"));
}

function deviceBehind(value: unknown): unknown {
  return typeof value === "object" && value !== null ? peek(value, "dev") : undefined;
}
