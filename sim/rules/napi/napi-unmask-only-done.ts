import type { Place } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";
import { INT_RX } from "../state/cards.ts";

export const napiUnmaskOnlyDone: Rule = {
  id: "napi-unmask-only-done",
  family: "napi",
  title: "Unmasked with poll still scheduled",
  statement: "poll unmasks the receive interrupt only when it completes.",
  severity: "error",
  condition:
    "poll returns non-zero without having completed, and has unmasked the receive interrupt in this call",
  source: "Documentation/networking/NAPI_HOWTO.txt",
  kernelMessage: "BUG: soft lockup detected on CPU#%d!",
  wrong: "iowrite32(p.mask, p.regs + IMR);\nreturn work < limit ? 0 : 1;",
  right:
    "if (work < limit) {\n  netif_rx_complete(dev);\n  iowrite32(p.mask, p.regs + IMR);\n  return 0;\n}\nreturn 1;",
  fix: "Unmask beside netif_rx_complete().",
  detectedBy: ["run", "explore"],
  listen: (ctx) => ({
    "mmio-write": (event) => {
      if (event.register !== "IMR") return;
      const call = ctx.state.callbacks.current(event.task, event.context);
      if (call?.slot !== "poll") return;
      if (event.value & INT_RX)
        call.notes.set(UNMASKED, { place: ctx.machine.here(), cpu: event.cpu, tick: event.point });
      else call.notes.delete(UNMASKED);
    },
    "poll-result": (event) => {
      if (event.result === 0 || event.completed) return;
      const since = ctx.state.callbacks.lastOf(event.context)?.notes.get(UNMASKED) as Where | undefined;
      if (since === undefined) return;
      ctx.report({
        message: `poll of ${event.device.name} unmasks the receive interrupt and stays scheduled`,
        place: since.place,
        about: [event.device],
      });
    },
  }),
};

interface Where {
  readonly place: Place | null;
  readonly cpu: number;
  readonly tick: number;
}

const UNMASKED = "napi-unmask-only-done";
