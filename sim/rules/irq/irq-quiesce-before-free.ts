import type { DeviceLike, EventStamp, Place } from "../../machine/events.ts";
import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";
import { privateOf } from "../txq/device.ts";

export const irqQuiesceBeforeFree: Rule = {
  id: "irq-quiesce-before-free",
  family: "irq",
  title: "Handler works on what is being freed",
  statement:
    "First the card's interrupts are masked and the handler is waited for (free_irq, synchronize_irq), then rings and buffers are freed.",
  severity: "error",
  condition:
    "a handler uses freed memory, or runs into null, while stop (or what takes its place) of its device is at work, or after it",
  source: "kernel/irq/manage.c: free_irq()",
  kernelMessage: "Unable to handle kernel NULL pointer dereference",
  wrong: "free_ring(p);\nfree_irq(dev.irq, dev);",
  right: "free_irq(dev.irq, dev);\nfree_ring(p);",
  fix: "Free the interrupt first.",
  detectedBy: ["explore"],
  listen: (ctx) => {
    const late = (
      event: EventStamp,
      what: string,
      also: string[],
      about: unknown[],
      place?: Place | null,
    ): void => {
      const call = ctx.state.callbacks.inside(event.task, event.context, "irq");
      if (call === null) return;
      const down = ctx.state.callbacks
        .running()
        .find((c) => DOWN.has(c.slot) && c.owner !== null && serves(call, c.owner as DeviceLike));
      if (down === undefined) return;
      ctx.report({
        message: `${call.name}() ${what} while ${down.name}() takes the device down`,
        ...(place === undefined ? {} : { place }),
        about: [down.owner, ...about],
        also,
      });
    };
    return {
      oops: (event) => late(event, "runs into null", ["oops"], [], event.stack.find((p) => p.model) ?? null),
      "freed-access": (event) => {
        if (byModel(ctx.machine))
          late(
            event,
            `uses freed memory (${event.what})`,
            ["life-use-after-free", "skb-uaf", "skb-double-free"],
            [event.object],
          );
      },
      "skb-freed": (event) => {
        if (event.twice && byModel(ctx.machine))
          late(event, "frees a packet again", ["skb-double-free", "txq-reclaim-excl"], [event.skb]);
      },
    };
  },
};

function serves(call: Callback, device: DeviceLike): boolean {
  return call.args[1] === device || call.args[1] === privateOf(device);
}

const DOWN: ReadonlySet<string> = new Set(["stop", "suspend", "remove", "change_mtu", "set_ringparam"]);
