import { peek } from "../../machine/freed-memory.ts";
import { related, together } from "../help.ts";
import { lostUpdateListeners } from "../mmio/lost-update.ts";
import { type Race, raceFinding } from "../race/finding.ts";
import type { Rule, RuleContext } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";
import { pollOf, rxStuckListeners } from "./rx-stuck.ts";

export const napiMaskShared: Rule = {
  id: "napi-mask-shared",
  family: "napi",
  title: "Interrupt mask changed without a common lock",
  statement:
    "Handler, poll, open and stop read, change and write the interrupt mask (the register or the driver's copy of it) under one lock.",
  severity: "error",
  condition:
    "between the read of the mask register and the write by one function another one writes it, so that one change is lost; two functions write the register and nothing orders their changes of the driver's copy; or receive events stay masked with a packet in the ring and no poll scheduled",
  source: "Documentation/networking/NAPI_HOWTO.txt; Documentation/spinlocks.txt",
  kernelMessage: null,
  wrong: "p.mask |= RX_DONE; // the handler clears it, on another CPU\niowrite32(p.mask, p.regs + IMR);",
  right:
    "const flags = spin_lock_irqsave(p.lock);\np.mask |= RX_DONE;\niowrite32(p.mask, p.regs + IMR);\nspin_unlock_irqrestore(p.lock, flags);",
  fix: "Take the same lock round each change, spin_lock_irqsave() outside of the handler.",
  detectedBy: ["explore"],
  consequence: "object",
  listen: (ctx) =>
    together(
      rxStuckListeners(ctx, "masked", ({ device }) =>
        ctx.report({
          message: `a packet lies in the receive ring of ${device.name}, its event is masked, and nobody polls`,
          place: pollOf(ctx, device),
          about: [device],
          also: ["napi-mask-after-sched"],
          stack: [],
        }),
      ),
      lostUpdateListeners(ctx, "IMR", (event, call, lost) =>
        ctx.report({
          message: `${call.name}() writes the interrupt mask back without what ${lost.by?.name ?? "another"}() wrote meanwhile`,
          about: [event.card],
          related: [related("the write that is lost", lost)],
        }),
      ),
      {
        "mmio-write": (event) => {
          if (event.register === "IMR")
            ctx.state.callbacks.current(event.task, event.context)?.notes.set(WRITES, true);
        },
        "data-race": (event) => {
          if (isMask(ctx, event)) ctx.report({ ...raceFinding(event), also: ["lock-data-race"] });
        },
      },
    ),
};

/** The word is the driver's copy of the mask: it holds what the first one, who wrote it, put into the register, too. */
function isMask(ctx: RuleContext, { object, name, first, second }: Race): boolean {
  if (!first.write || !second.write || !(first.callback as Callback | null)?.notes.has(WRITES)) return false;
  const value = peek(object, name.slice(name.lastIndexOf(".") + 1));
  return (
    typeof value === "number" &&
    [...ctx.state.cards.all].some((card) => card.written.get("IMR") === value >>> 0)
  );
}

const WRITES = "napi-mask-shared: writes";
