import type { Place } from "../../machine/events.ts";
import type { DmaMappingLike } from "../../machine/hardware-events.ts";
import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import { type CardState, CTRL_RX_EN, CTRL_TX_EN } from "../state/cards.ts";

export const dmaLiveFree: Rule = {
  id: "dma-live-free",
  family: "dma",
  title: "Memory taken from under the card",
  statement:
    "Memory that the card uses is freed or unmapped only when the card has stopped: engines off, and STATUS shows no transfer.",
  severity: "error",
  condition:
    "coherent memory is freed while it is the ring of an engine that is enabled or still runs; or the card goes to an address whose mapping has been undone",
  source: "Documentation/DMA-mapping.txt; Documentation/networking/driver.txt (stop)",
  kernelMessage: null,
  wrong: "pci_free_consistent(pdev, p.ring, p.ring_dma);\niowrite32(0, p.regs + CTRL);",
  right: "iowrite32(0, p.regs + CTRL);\nwait_for_engines(p);\npci_free_consistent(pdev, p.ring, p.ring_dma);",
  fix: "Stop the engines, read STATUS until they rest, then free.",
  detectedBy: ["run", "explore"],
  consequence: "object",
  listen: (ctx) => {
    const gone = new WeakMap<DmaMappingLike, { place: Place | null; cpu: number; tick: number }>();
    return {
      "dma-unmapped": (event) => {
        const { mapping } = event;
        if (mapping === null) return;
        gone.set(mapping, { place: ctx.machine.here(), cpu: event.cpu, tick: event.point });
        if (mapping.kind !== "coherent" || !byModel(ctx.machine)) return;
        const engine = usedBy(ctx.state.cards.of(event.card), mapping);
        if (engine === null) return;
        ctx.report({
          message: `the ${engine} ring of ${event.card.name} is freed while its engine is on`,
          about: [mapping, event.card],
        });
      },
      "dma-access": (event) => {
        if (event.error !== "unmapped") return;
        const since = event.last ? gone.get(event.last) : undefined;
        ctx.report({
          message: `${event.card.name} goes to 0x${event.bus.toString(16)} (${event.what}), ${since ? "whose mapping has been undone" : "which was never mapped for it"}`,
          place: since?.place ?? null,
          about: event.last ? [event.last, event.card] : [event.card],
          related: since ? [related("the mapping was undone", since)] : [],
          stack: [],
        });
      },
    };
  },
};

/** The engine whose ring lies in the mapping and that is not off. */
function usedBy(card: CardState, mapping: DmaMappingLike): string | null {
  if (card.unplugged) return null;
  const ctrl = card.written.get("CTRL") ?? 0;
  for (const [engine, enable] of ENGINES) {
    const base = card.written.get(`${engine.toUpperCase()}_BASE`);
    if (base === undefined || base < mapping.bus || base >= mapping.bus + mapping.size) continue;
    if (ctrl & enable || card.running.has(engine)) return engine;
  }
  return null;
}

const ENGINES = [
  ["tx", CTRL_TX_EN],
  ["rx", CTRL_RX_EN],
] as const;
