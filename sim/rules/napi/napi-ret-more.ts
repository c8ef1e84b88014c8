import type { DeviceLike } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";

export const napiRetMore: Rule = {
  id: "napi-ret-more",
  family: "napi",
  title: "poll completes and returns non-zero",
  statement: "After netif_rx_complete() poll returns 0: the device is on no list any more.",
  severity: "error",
  condition: "poll returns non-zero after it completed, and it was not scheduled again in the same call",
  source: "Documentation/networking/netdevices.txt, dev->poll; net/core/dev.c: net_rx_action()",
  kernelMessage: "oops in list_move (LIST_POISON)",
  wrong: "netif_rx_complete(dev);\nreturn 1;",
  right: "netif_rx_complete(dev);\nreturn 0;",
  fix: "Return 0.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "poll-result": (event) => {
      if (!(event.result !== 0 && event.completed)) return;
      const fn = (event.device as DeviceLike & { poll?: { readonly name: string } | null }).poll;
      ctx.report({
        message: `poll of ${event.device.name} returns ${event.result} after netif_rx_complete()`,
        place: fn ? ctx.state.callbacks.place(fn) : null,
        about: [event.device],
      });
    },
  }),
};
