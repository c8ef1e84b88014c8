import type { DeviceLike } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";

export const napiRetDone: Rule = {
  id: "napi-ret-done",
  family: "napi",
  title: "poll returns 0 without completing",
  statement: "poll returns 0 if and only if it has called netif_rx_complete().",
  severity: "error",
  condition: "poll returns 0 and the call did not complete",
  source: "Documentation/networking/netdevices.txt, dev->poll; net/core/dev.c: net_rx_action()",
  kernelMessage: null,
  wrong: "if (work < limit) return 0;",
  right: "if (work < limit) {\n  netif_rx_complete(dev);\n  return 0;\n}",
  fix: "Complete before returning 0.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "poll-result": (event) => {
      if (!(event.result === 0 && !event.completed)) return;
      const fn = (event.device as DeviceLike & { poll?: { readonly name: string } | null }).poll;
      ctx.report({
        message: `poll of ${event.device.name} returns 0 without netif_rx_complete()`,
        place: fn ? ctx.state.callbacks.place(fn) : null,
        about: [event.device],
      });
    },
  }),
};
