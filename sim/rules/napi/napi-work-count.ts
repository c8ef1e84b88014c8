import type { DeviceLike } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";

export const napiWorkCount: Rule = {
  id: "napi-work-count",
  family: "napi",
  title: "Work counted one too many",
  statement:
    "The count of processed packets is exact: a counter in the loop's test counts the failed test too.",
  severity: "warning",
  condition: "poll delivered as many packets as were allowed and accounts for one more",
  source: "Documentation/networking/netdevices.txt, dev->poll; Documentation/networking/NAPI_HOWTO.txt",
  kernelMessage: null,
  wrong: "while (rx_ready(p) && work++ < limit) deliver(p);",
  right: "while (work < limit && rx_ready(p)) {\n  deliver(p);\n  work++;\n}",
  fix: "Count in the body.",
  detectedBy: ["run"],
  listen: (ctx) => ({
    "poll-result": (event) => {
      if (
        !(event.delivered === event.allowed && event.budgetBefore - event.budgetAfter === event.delivered + 1)
      )
        return;
      const fn = (event.device as DeviceLike & { poll?: { readonly name: string } | null }).poll;
      ctx.report({
        message: `poll of ${event.device.name} delivers ${event.delivered} packets and accounts for ${event.budgetBefore - event.budgetAfter}`,
        place: fn ? ctx.state.callbacks.place(fn) : null,
        about: [event.device],
      });
    },
  }),
};
