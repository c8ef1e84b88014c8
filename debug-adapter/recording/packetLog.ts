/** The lives of socket buffers, from allocation to free. */
import type { SkbLike, Stamped } from "../../sim/machine/events.ts";
import type { Machine } from "../../sim/machine/machine.ts";
import type { PacketLife, PacketStep, PacketSummary } from "../messages/packets.ts";
import { describeFrame } from "./frameSummary.ts";

interface Life {
  readonly skb: number;
  readonly timeNs: number;
  readonly event: number;
  summary: string;
  freed: boolean;
  readonly steps: PacketStep[];
}

/** The part of an sk_buff that says what it carries. */
interface SkbContent extends SkbLike {
  readonly data?: unknown;
  readonly protocol?: unknown;
}

const MOST_LIVES = 50_000;

export class PacketLog {
  readonly #lives = new Map<number, Life>();

  /** The part before event `n`. */
  until(n: number): PacketLog {
    const part = new PacketLog();
    for (const [id, life] of this.#lives) {
      if (life.event >= n) continue;
      const steps = life.steps.filter(({ event }) => event < n);
      part.#lives.set(id, { ...life, steps, freed: steps.at(-1)?.what.startsWith("freed") === true });
    }
    return part;
  }

  get size(): number {
    return this.#lives.size;
  }

  list(start: number, count: number): PacketSummary[] {
    return [...this.#lives.values()].slice(start, start + count).map(summaryOf);
  }

  life(skb: number): PacketLife | null {
    const life = this.#lives.get(skb);
    return life === undefined ? null : { ...summaryOf(life), steps: life.steps };
  }

  take(event: Stamped, machine: Pick<Machine, "here">): void {
    const what = whatHappened(event);
    if (what === null || !("skb" in event)) return;
    const { skb } = event;
    let life = this.#lives.get(skb.id);
    if (life === undefined) {
      if (this.#lives.size >= MOST_LIVES) return;
      life = { skb: skb.id, timeNs: event.timeNs, event: event.n, summary: "", freed: false, steps: [] };
      this.#lives.set(skb.id, life);
    }
    life.summary = contentOf(skb) ?? life.summary;
    if (event.type === "skb-freed" && event.users <= 1) life.freed = true;
    const place = machine.here();
    life.steps.push({
      event: event.n,
      timeNs: event.timeNs,
      cpu: event.cpu,
      context: event.context.kind,
      what,
      place:
        place === null ? null : { file: place.file, line: place.line, column: place.column, fn: place.fn },
    });
  }
}

function summaryOf({ skb, timeNs, event, summary, freed, steps }: Life): PacketSummary {
  return { skb, timeNs, event, summary, freed, last: steps.at(-1)?.what ?? "" };
}

function whatHappened(event: Stamped): string | null {
  switch (event.type) {
    case "skb-allocated":
      return `allocated by the ${event.byDriver ? "driver" : "kernel"}`;
    case "skb-to-driver":
      return `given to ${event.device.name}`;
    case "xmit-result":
      return `hard_start_xmit returned ${event.result}`;
    case "skb-requeued":
      return `requeued by ${event.device.name}`;
    case "skb-to-stack":
      return `given to the stack by ${event.fn}`;
    case "skb-delivered":
      return "delivered to a protocol";
    case "skb-misused":
      return `misused (${event.how}) in ${event.fn}`;
    case "skb-freed":
      return event.users > 1
        ? `${event.fn}: one of ${event.users} references dropped`
        : `freed by ${event.fn}`;
    default:
      return null;
  }
}

/** What the packet carries, as far as its bytes say so now. */
function contentOf(skb: SkbContent): string | null {
  const { data, len } = skb;
  if (!(data instanceof Uint8Array) || len === 0) return null;
  return describeFrame(data.subarray(0, len), typeof skb.protocol === "number" ? skb.protocol : 0);
}
