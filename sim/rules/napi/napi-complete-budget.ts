import type { DeviceLike } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";

export const napiCompleteBudget: Rule = {
  id: "napi-complete-budget",
  family: "napi",
  title: "Completed with the whole quota used",
  statement:
    "A poll that has used its whole quota stays on the list and returns 1, even if the ring happens to be empty: the core has moved it, or gives it another turn.",
  severity: "warning",
  condition: "poll delivers as many packets as it may and completes in the same call",
  source: "Documentation/networking/NAPI_HOWTO.txt; net/core/dev.c: net_rx_action()",
  kernelMessage: "list corruption in net_rx_action() (2.6.24 and later)",
  wrong: "if (ring_empty(p)) {\n  netif_rx_complete(dev);\n  return 0;\n}\nreturn 1;",
  right: "if (work < limit) {\n  netif_rx_complete(dev);\n  return 0;\n}\nreturn 1;",
  fix: "Decide by the count, not by the ring.",
  detectedBy: ["run"],
  listen: (ctx) => ({
    "poll-result": (event) => {
      if (!event.completed || event.allowed <= 0 || event.delivered !== event.allowed) return;
      const { poll } = event.device as DeviceLike & { poll?: { readonly name: string } | null };
      ctx.report({
        message: `poll of ${event.device.name} delivers all ${event.allowed} packets that it may and completes`,
        place: poll ? ctx.state.callbacks.place(poll) : null,
        about: [event.device],
      });
    },
  }),
};
