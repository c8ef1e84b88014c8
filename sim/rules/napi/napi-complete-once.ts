import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const napiCompleteOnce: Rule = {
  id: "napi-complete-once",
  family: "napi",
  title: "netif_rx_complete twice or outside poll",
  statement: "netif_rx_complete() is called once for each schedule, from poll, on the CPU that polls.",
  severity: "error",
  condition: "netif_rx_complete() while the device is not scheduled, or outside its poll",
  source: "include/linux/netdevice.h: netif_rx_complete()",
  kernelMessage: "kernel BUG at include/linux/netdevice.h (BUG_ON(!test_bit(__LINK_STATE_RX_SCHED)))",
  wrong: "netif_rx_complete(dev);\nnetif_rx_complete(dev);",
  right: "netif_rx_complete(dev);\nreturn 0;",
  fix: "Complete in one place of poll.",
  detectedBy: ["static", "run", "explore"],
  listen: (ctx) => ({
    "poll-completed": (event) => {
      if ((event.wasScheduled && event.inPoll) || !byModel(ctx.machine)) return;
      const how = event.wasScheduled ? "outside its poll" : "while it is not scheduled";
      ctx.report({ message: `netif_rx_complete(${event.device.name}) ${how}`, about: [event.device] });
    },
  }),
};
