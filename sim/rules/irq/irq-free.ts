import { related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { OwnedIrq } from "../state/resources.ts";

export const irqFree: Rule = {
  id: "irq-free",
  family: "irq",
  title: "Interrupt handler left behind",
  statement:
    "Each request_irq() has its free_irq() with the same dev_id: in stop if open requested it, at the latest in module_exit.",
  severity: "error",
  condition:
    "a handler that open requested is still there when stop returns, or any handler of the model when the module is gone",
  source: "kernel/irq/manage.c: request_irq(), free_irq()",
  kernelMessage: "irq handler mismatch, or an oops at the next interrupt",
  wrong: "function my_stop(dev: net_device) {\n  netif_stop_queue(dev);\n  return 0;\n}",
  right:
    "function my_stop(dev: net_device) {\n  netif_stop_queue(dev);\n  free_irq(dev.irq, dev);\n  return 0;\n}",
  fix: "Free the line where its use ends.",
  detectedBy: ["static", "run"],
  listen: (ctx) => {
    const ofOpen = new Map<OwnedIrq, object>();
    const leak = (held: OwnedIrq, when: string): void =>
      ctx.report({
        message: `the handler of interrupt ${held.irq} is still registered ${when}`,
        place: held.place,
        about: [held.devId, held],
        related: [related("it was requested", held)],
        stack: [],
      });
    return {
      "irq-requested": (event) => {
        const held = ctx.state.resources.irqs.at(-1);
        const open = ctx.state.callbacks.inside(event.task, event.context, "open");
        if (event.result === 0 && held && open?.owner) ofOpen.set(held, open.owner);
      },
      "callback-left": (event) => {
        if (event.slot !== "stop" || event.owner === null) return;
        for (const held of ctx.state.resources.irqs) {
          if (ofOpen.get(held) === event.owner) leak(held, `when stop returns`);
        }
      },
      "module-unloaded": (event) => {
        if (event.result !== 0) return;
        for (const held of ctx.state.resources.irqs)
          if (held.place?.model) leak(held, "when the module is gone");
      },
    };
  },
};
