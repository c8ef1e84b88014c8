import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import { sleepFinding } from "./sleeping.ts";

export const ctxGetStatsSleep: Rule = {
  id: "ctx-get-stats-sleep",
  family: "ctx",
  title: "Sleeping in get_stats",
  statement:
    "get_stats is called under dev_base_lock, a rwlock: it must not sleep and must not take rtnl, whoever calls it.",
  severity: "error",
  condition: "any function that may sleep is called inside the get_stats callback",
  source: "Documentation/networking/netdevices.txt, dev->get_stats; net/core/dev.c: dev_seq_start()",
  kernelMessage: "BUG: sleeping function called from invalid context",
  wrong:
    "function my_get_stats(dev: net_device) {\n  msleep(1); // let the counters settle\n  return p.stats;\n}",
  right: "function my_get_stats(dev: net_device) {\n  return p.stats;\n}",
  fix: "Return counters that are kept up to date elsewhere; read hardware counters without waiting.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-sleep-atomic"],
  consequence: "context",
  listen: (ctx) => ({
    "might-sleep": (event) => {
      const inside = ctx.state.callbacks.inside(event.task, event.context, "get_stats");
      if (inside && byModel(ctx.machine)) ctx.report(sleepFinding(ctx, event));
    },
  }),
};
