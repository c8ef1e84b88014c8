import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const ctxRecursionXmit: Rule = {
  id: "ctx-recursion-xmit",
  family: "ctx",
  title: "hard_start_xmit sends on its own device",
  statement: "hard_start_xmit must not send a packet on the device that it transmits for.",
  severity: "warning",
  condition: "dev_queue_xmit() is called inside hard_start_xmit for a packet of the same device",
  source: "net/core/dev.c: dev_queue_xmit(); net/sched/sch_generic.c: qdisc_restart()",
  kernelMessage: "Dead loop on netdevice %s, fix it urgently!",
  wrong:
    "function my_xmit(skb: sk_buff, dev: net_device) {\n  dev_queue_xmit(skb_copy(skb, GFP_ATOMIC)); // same dev",
  right: "function my_xmit(skb: sk_buff, dev: net_device) {\n  copy.dev = p.lower;\n  dev_queue_xmit(copy);",
  fix: "Send through another device, or queue the packet for a tasklet.",
  detectedBy: ["run"],
  consequence: "context",
  listen: (ctx) => ({
    "skb-to-stack": (event) => {
      if (event.fn !== "dev_queue_xmit" || !byModel(ctx.machine)) return;
      const xmit = ctx.state.callbacks.inside(event.task, event.context, "hard_start_xmit");
      const device = (event.skb as { dev?: unknown }).dev;
      if (xmit === null || xmit.owner !== device) return;
      ctx.report({ message: `${xmit.name}() sends on the device that it is called for`, about: [event.skb] });
    },
  }),
};
