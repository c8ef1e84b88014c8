import type { DeviceLike } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";

export const napiQuota: Rule = {
  id: "napi-quota",
  family: "napi",
  title: "More packets than the quota",
  statement: "poll delivers at most min(*budget, dev.quota) packets.",
  severity: "warning",
  condition: "poll delivers more packets than min(budget, quota)",
  source: "Documentation/networking/netdevices.txt, dev->poll; Documentation/networking/NAPI_HOWTO.txt",
  kernelMessage: null,
  wrong: "while (rx_ready(p)) deliver(p);",
  right:
    "const limit = Math.min(budget.v, dev.quota);\nwhile (work < limit && rx_ready(p)) {\n  deliver(p);\n  work++;\n}",
  fix: "Count, and stop at the limit.",
  detectedBy: ["run"],
  listen: (ctx) => ({
    "poll-result": (event) => {
      if (!(event.delivered > event.allowed)) return;
      const fn = (event.device as DeviceLike & { poll?: { readonly name: string } | null }).poll;
      ctx.report({
        message: `poll of ${event.device.name} delivers ${event.delivered} packets, ${event.allowed} were allowed`,
        place: fn ? ctx.state.callbacks.place(fn) : null,
        about: [event.device],
      });
    },
  }),
};
