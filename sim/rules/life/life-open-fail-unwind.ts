import type { DeviceLike } from "../../machine/events.ts";
import { reachable, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { Owned } from "../state/resources.ts";
import { privateOf } from "../txq/device.ts";

export const lifeOpenFailUnwind: Rule = {
  id: "life-open-fail-unwind",
  family: "life",
  title: "open fails and leaves something behind",
  statement:
    "An open that returns an error has undone all that it did: interrupt line, memory, timers, work, the queue.",
  severity: "warning",
  condition:
    "open returns non-zero while something is held that was requested, allocated or started inside this call",
  source: "Documentation/networking/netdevices.txt, dev->open; net/core/dev.c: dev_open()",
  kernelMessage: null,
  wrong: "request_irq(dev.irq, my_interrupt, 0, dev.name, dev);\nif (!alloc_ring(p)) return -ENOMEM;",
  right:
    "request_irq(dev.irq, my_interrupt, 0, dev.name, dev);\nif (!alloc_ring(p)) {\n  free_irq(dev.irq, dev);\n  return -ENOMEM;\n}",
  fix: "Unwind in reverse order.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "callback-left": (event) => {
      const open = ctx.state.callbacks.left;
      if (event.slot !== "open" || event.result === 0 || open === null) return;
      const { irqs, timers, work, memory } = ctx.state.resources;
      const inside = (owned: Owned): boolean => owned.n > open.since && owned.place?.model === true;
      const left: [string, Owned][] = [];
      for (const irq of irqs) if (inside(irq)) left.push([`interrupt ${irq.irq}`, irq]);
      for (const timer of timers.values()) if (inside(timer)) left.push(["an armed timer", timer]);
      for (const item of work.values()) if (inside(item)) left.push(["a queued work item", item]);
      for (const owned of memory.values()) {
        if (inside(owned) && unowned(event.owner as DeviceLike | null, owned.object))
          left.push([owned.what, owned]);
      }
      for (const [what, owned] of left) {
        ctx.report({
          message: `${event.name}() returns ${String(event.result)} and leaves ${what} behind`,
          place: owned.place,
          about: [event.owner],
          related: [related("it was acquired", owned)],
        });
      }
    },
  }),
};

/** Memory that the private area still points to may be kept for the next open. */
function unowned(device: DeviceLike | null, object: object): boolean {
  const area = device === null ? null : privateOf(device);
  return area === null || !reachable(area, object, new Set<unknown>([device]));
}
