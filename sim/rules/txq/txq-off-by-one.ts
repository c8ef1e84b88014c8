import type { DeviceLike } from "../../machine/events.ts";
import { related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const txqOffByOne: Rule = {
  id: "txq-off-by-one",
  family: "txq",
  title: "Full and empty are told apart wrongly",
  statement:
    "The test that stops the queue and the test that refuses or wakes agree; a ring whose indices are equal is either full or empty, not both.",
  severity: "error",
  condition:
    "the last packet that hard_start_xmit took filled the ring up to the point where it refuses the next one, but did not stop the queue, though other calls do stop it; or all slots are taken and the driver takes the ring for empty (with txq-progress, txq-ring-overflow)",
  source: "Documentation/networking/driver.txt (1)",
  kernelMessage: null,
  wrong: "if (N - used(p) < 2) return busy(dev);\n…\nif (N - used(p) < 1) netif_stop_queue(dev);",
  right: "if (N - used(p) < 1) return busy(dev);\n…\nif (N - used(p) < 1) netif_stop_queue(dev);",
  fix: "Compute the room in one function and use it everywhere.",
  detectedBy: ["run"],
  specialises: ["txq-busy"],
  listen: (ctx) => ({
    "callback-left": (event) => {
      if (event.slot !== "hard_start_xmit" || event.result !== 1 || event.owner === null) return;
      const device = event.owner as DeviceLike;
      const flow = ctx.state.queues.of(device);
      if (!flow.stopsInTime || ctx.state.callbacks.left?.notes.has("txq-busy: stopped by others")) return;
      if (flow.takenSinceWake === 0) return;
      const held = ctx.state.skbs.outstanding(device);
      const last = held.at(-1)?.taken;
      ctx.report({
        message: `${event.name}() refuses a packet with ${held.length} in the ring: the packet before should have stopped the queue`,
        place: ctx.state.callbacks.place(event),
        about: [event.args[0]],
        related: last ? [related("the packet before was taken", last)] : [],
      });
    },
  }),
};
