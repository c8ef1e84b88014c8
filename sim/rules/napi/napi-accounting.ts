import type { DeviceLike } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";

export const napiAccounting: Rule = {
  id: "napi-accounting",
  family: "napi",
  title: "Budget and quota not accounted",
  statement:
    "poll takes the number of packets that it processed off *budget and off dev.quota, the same number.",
  severity: "warning",
  condition: "budget and quota shrink by different numbers, or by less than what was delivered",
  source: "Documentation/networking/netdevices.txt, dev->poll; Documentation/networking/NAPI_HOWTO.txt",
  kernelMessage: null,
  wrong: "deliver(p);\nreturn 1; // quota unchanged",
  right: "budget.v -= work;\ndev.quota -= work;",
  fix: "Subtract the same count from both, on every return.",
  how: ["run"],
  listen: (ctx) => {
    const completed = new Set<DeviceLike>();
    /** Scheduled again by another CPU since the poll completed: the core has filled up their quota. */
    const refilled = new Set<DeviceLike>();
    return {
      "poll-completed": (event) => void completed.add(event.device),
      "poll-scheduled": (event) => {
        if (completed.has(event.device)) refilled.add(event.device);
      },
      "poll-result": (event) => {
        const { device, delivered } = event;
        const offBudget = event.budgetBefore - event.budgetAfter;
        const offQuota = refilled.has(device) ? offBudget : event.quotaBefore - event.quotaAfter;
        completed.delete(device);
        refilled.delete(device);
        if (offBudget === offQuota && offBudget >= delivered) return;
        const fn = (device as DeviceLike & { poll?: { readonly name: string } | null }).poll;
        ctx.report({
          message: `poll of ${device.name} delivers ${delivered} packets, but takes ${offBudget} off the budget and ${offQuota} off the quota`,
          place: fn ? ctx.state.callbacks.place(fn) : null,
          about: [device],
        });
      },
    };
  },
};
