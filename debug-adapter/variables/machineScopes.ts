/** Scopes that belong to the machine rather than to a function: registers, rings, DMA, timers, interrupt lines. */
import {
  type CardView,
  type DescriptorView,
  peek,
  type RegisterView,
  type RingState,
} from "../../sim/hardware/peek.ts";
import type { DmaMappingLike } from "../../sim/machine/hardware-events.ts";
import { irqsOf, jiffiesOf, timersOf } from "../session/kernelView.ts";
import type { Run } from "../session/run.ts";
import { type Container, type Counts, FixedContainer, type Part } from "./container.ts";
import { valuePart } from "./valueContainers.ts";

const fact = (name: string, value: string): Part => ({ name, value, readOnly: true, kind: "virtual" });
const hex = (value: number): string => `0x${(value >>> 0).toString(16).padStart(8, "0")}`;

/** Registers of all cards, looked at without any effect. */
export function registersScope(run: Run): Container {
  return new FixedContainer(() => {
    const cards = peek(run.lab.hardware);
    if (cards.length === 1) return registersOf(cards[0]!);
    return cards.map((card) => ({
      ...fact(card.name, card.title),
      container: new FixedContainer(() => registersOf(card)),
    }));
  });
}

function registersOf(card: CardView): Part[] {
  return card.registers.map((register) => registerPart(card, register));
}

function registerPart(card: CardView, { info, value, bits }: RegisterView): Part {
  const names = Object.entries(bits);
  const set = names
    .filter(([, bit]) => bit !== 0)
    .map(([name, bit]) => (bit === 1 ? name : `${name}=${bit}`));
  const text =
    value === null ? "(not visible)" : `${hex(value)}${set.length === 0 ? "" : ` ${set.join(" ")}`}`;
  return {
    ...fact(info.name, text),
    type: info.access ?? "rw",
    watch: { kind: "register", card: card.name, register: info.name, label: info.name },
    ...(names.length === 0
      ? {}
      : { container: new FixedContainer(() => names.map(([name, bit]) => fact(name, String(bit)))) }),
  };
}

/** Descriptor rings by number, and the live mappings. */
export function ringsScope(run: Run): Container {
  return new FixedContainer(() =>
    peek(run.lab.hardware).flatMap((card, number, { length }) => {
      const prefix = length > 1 ? `${card.name} ` : "";
      return [
        ...card.rings.map((ring, i) =>
          ringPart(`${prefix}${ring.name}`, ring, () => ringNow(run, number, i)),
        ),
        {
          ...fact(`${prefix}DMA mappings`, `${card.mappings.length} live`),
          container: new FixedContainer(() => card.mappings.map(mappingPart)),
        },
      ];
    }),
  );
}

function ringNow(run: Run, card: number, ring: number): RingState | undefined {
  return peek(run.lab.hardware)[card]?.rings[ring];
}

function ringPart(name: string, ring: RingState, now: () => RingState | undefined): Part {
  return {
    ...fact(name, `${ring.descriptors.length} descriptors, head ${ring.head}, tail ${ring.tail}`),
    key: name,
    container: new RingContainer(now),
    memoryReference: `0x${ring.base.toString(16)}`,
  };
}

/** Descriptors, in pages as the client asks for them. */
class RingContainer implements Container {
  readonly #now: () => RingState | undefined;

  constructor(now: () => RingState | undefined) {
    this.#now = now;
  }

  get #descriptors(): readonly DescriptorView[] {
    return this.#now()?.descriptors ?? [];
  }

  count(): Counts {
    return { named: 0, indexed: this.#descriptors.length };
  }

  named(): Part[] {
    return [];
  }

  indexed(start: number, count: number): Part[] {
    return this.#descriptors.slice(start, start + count).map(descriptorPart);
  }

  part(key: string): Container | undefined {
    return this.find(key)?.container;
  }

  find(name: string): Part | undefined {
    const descriptor = this.#descriptors[Number(name)];
    return descriptor === undefined ? undefined : descriptorPart(descriptor, Number(name), this.#descriptors);
  }
}

function descriptorPart(
  { index, bus, fields, offered }: DescriptorView,
  _i: number,
  all: readonly DescriptorView[],
): Part {
  const entries = Object.entries(fields ?? {});
  const words = entries.map(([name, value]) => `${name}=${value}`).join(" ");
  const size = all.length > 1 ? Math.abs(all[1]!.bus - all[0]!.bus) : 1;
  return {
    ...fact(String(index), fields === null ? "(not mapped)" : `${offered ? "card: " : "driver: "}${words}`),
    memoryReference: `0x${bus.toString(16)}`,
    watch: { kind: "bytes", address: bus, bytes: size, label: `descriptor ${index}` },
    ...(entries.length === 0
      ? {}
      : { container: new FixedContainer(() => entries.map(([name, value]) => fact(name, String(value)))) }),
  };
}

function mappingPart({ bus, size, direction, kind, cpuOwns }: DmaMappingLike): Part {
  const owner = kind === "coherent" ? "both" : cpuOwns ? "the CPU" : "the card";
  return {
    ...fact(`0x${bus.toString(16)}`, `${size} bytes, ${kind}, ${direction}, owned by ${owner}`),
    memoryReference: `0x${bus.toString(16)}`,
    watch: { kind: "bytes", address: bus, bytes: size, label: `${size} bytes at 0x${bus.toString(16)}` },
  };
}

/** What will interrupt the CPUs. */
export function timersScope(run: Run): Container {
  return new FixedContainer(() => {
    const now = jiffiesOf(run);
    const timers = timersOf(run).map(({ timer, cpu, expires, fn }, i) => ({
      ...valuePart(`timer ${i}`, timer, run.notes, undefined),
      value: `${typeof fn === "function" ? `${fn.name}() ` : ""}in ${expires - now} jiffies on CPU ${cpu}`,
      place: typeof fn === "function" ? (run.notes.definition?.(fn) ?? null) : null,
      readOnly: true,
    }));
    const irqs = irqsOf(run).map(({ irq, count, depth, asserted, handlers }) =>
      fact(
        `irq ${irq}`,
        `${handlers.map(({ name }) => name).join(", ")}: ${count} so far${depth > 0 ? ", disabled" : ""}${asserted ? ", asserted" : ""}`,
      ),
    );
    const pending = run.machine.cpus.map(({ id, pendingVectors }) =>
      fact(`pending on CPU ${id}`, pendingVectors.length === 0 ? "none" : pendingVectors.join(", ")),
    );
    return [...timers, ...irqs, ...pending];
  });
}
