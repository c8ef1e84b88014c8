import type { Rule } from "../rule.ts";

export const statNull: Rule = {
  id: "stat-null",
  family: "dev",
  title: "get_stats returns null",
  statement: "get_stats returns the statistics of the device, never null: before open and after stop too.",
  severity: "error",
  condition: "get_stats returns null or undefined",
  source: "Documentation/networking/netdevices.txt, dev->get_stats; net/core/dev.c: dev_seq_printf_stats()",
  kernelMessage: "Unable to handle kernel NULL pointer dereference",
  wrong: "function my_get_stats(dev: net_device) {\n  return netif_running(dev) ? p.stats : null;\n}",
  right: "function my_get_stats(dev: net_device) {\n  return p.stats;\n}",
  fix: "Keep the counters in the private area.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "callback-left": (event) => {
      if (event.slot !== "get_stats" || (event.result !== null && event.result !== undefined)) return;
      ctx.report({
        message: `${event.name}() returns ${String(event.result)} as get_stats`,
        place: ctx.state.callbacks.place(event),
        about: [event.owner],
      });
    },
  }),
};
