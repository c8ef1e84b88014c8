import type { Rule } from "../rule.ts";
import { forbidden, sleepFinding } from "./sleeping.ts";

export const ctxGfp: Rule = {
  id: "ctx-gfp",
  family: "ctx",
  title: "GFP_KERNEL where sleeping is not allowed",
  statement:
    "An allocation with GFP_KERNEL may sleep. In hard_start_xmit, poll, tx_timeout, set_multicast_list, get_stats, " +
    "interrupt handlers, timers and tasklets, and under a spinlock, only GFP_ATOMIC is allowed.",
  severity: "error",
  condition: "the model allocates with __GFP_WAIT while the preempt count is not 0",
  source: "mm/slab.c: cache_alloc_debugcheck_before() (might_sleep_if(flags & __GFP_WAIT))",
  kernelMessage: "BUG: sleeping function called from invalid context at mm/slab.c:2793",
  wrong: "function my_set_multicast_list(dev: net_device) {\n  const list = kmalloc(512, GFP_KERNEL);\n}",
  right: "function my_set_multicast_list(dev: net_device) {\n  const list = kmalloc(512, GFP_ATOMIC);\n}",
  fix: "Allocate with GFP_ATOMIC and handle its failure, or allocate earlier, in open.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-sleep-atomic"],
  consequence: "context",
  listen: (ctx) => ({
    "might-sleep": (event) => {
      if (event.gfp !== undefined && event.atomic && forbidden(ctx, event))
        ctx.report(sleepFinding(ctx, event));
    },
  }),
};
