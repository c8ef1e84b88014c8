import type { DeviceLike } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";

export const napiAccounting: Rule = {
  id: "napi-accounting",
  family: "napi",
  title: "Budget and quota not accounted",
  statement:
    "poll takes the number of packets that it processed off *budget and off dev.quota, the same number.",
  severity: "warning",
  condition:
    "the budget shrinks by less than what was delivered, or budget and quota by different numbers in a poll that goes on",
  source: "Documentation/networking/netdevices.txt, dev->poll; Documentation/networking/NAPI_HOWTO.txt",
  kernelMessage: null,
  wrong: "deliver(p);\nreturn 1; // quota unchanged",
  right: "budget.v -= work;\ndev.quota -= work;",
  fix: "Subtract the same count from both, on every return.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "poll-result": (event) => {
      const budget = event.budgetBefore - event.budgetAfter;
      const quota = event.quotaBefore - event.quotaAfter;
      if (budget === quota && budget >= event.delivered) return;
      const fn = (event.device as DeviceLike & { poll?: { readonly name: string } | null }).poll;
      ctx.report({
        message: `poll of ${event.device.name} delivers ${event.delivered} packets, but takes ${budget} off the budget and ${quota} off the quota`,
        place: fn ? ctx.state.callbacks.place(fn) : null,
        about: [event.device],
      });
    },
  }),
};
