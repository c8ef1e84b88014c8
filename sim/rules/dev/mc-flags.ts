import type { Rule } from "../rule.ts";

export const mcFlags: Rule = {
  id: "mc-flags",
  family: "dev",
  title: "Promiscuity written into dev.flags",
  statement: "IFF_PROMISC and IFF_ALLMULTI in dev.flags belong to the core, which counts who wants them.",
  severity: "warning",
  condition: "set_multicast_list changes one of these bits in dev.flags",
  source: "net/core/dev.c: dev_set_promiscuity()",
  kernelMessage: null,
  wrong: "if (dev.mc_count > LIMIT) dev.flags |= IFF_ALLMULTI;",
  right: "if (dev.mc_count > LIMIT) p.rx_mode |= ACCEPT_ALL_MULTICAST;",
  fix: "Keep the mode in a variable of your own.",
  detectedBy: ["static", "run"],
  listen: (ctx) => {
    const bits = (device: unknown): number => ((device as { readonly flags?: number }).flags ?? 0) & CORE;
    return {
      "callback-entered": (event) => {
        if (event.slot === "set_multicast_list")
          ctx.state.callbacks.current(event.task, event.context)?.notes.set(BEFORE, bits(event.owner));
      },
      "callback-left": (event) => {
        const before = ctx.state.callbacks.left?.notes.get(BEFORE);
        if (before === undefined || before === bits(event.owner)) return;
        ctx.report({
          message: `${event.name}() changes IFF_PROMISC or IFF_ALLMULTI in dev.flags, which the core counts`,
          place: ctx.state.callbacks.place(event),
          about: [event.owner],
        });
      },
    };
  },
};

/** IFF_PROMISC and IFF_ALLMULTI. */
const CORE = 0x300;
const BEFORE = "mc-flags: before";
