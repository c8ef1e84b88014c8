import type { DeviceLike } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";
import { filterMismatch } from "./rx-filter.ts";

export const mcCount: Rule = {
  id: "mc-count",
  family: "dev",
  title: "Receive filter does not match the list",
  statement:
    "set_multicast_list programs the addresses of mc_list, all of them and no others: walk to the end of the list, and start each address with fresh scratch values.",
  severity: "warning",
  condition:
    "set_multicast_list runs past the end of mc_list; or with a LabNIC: when it returns, an address of the list lacks its hash bit or another bit is set, with neither IFF_PROMISC nor IFF_ALLMULTI",
  source: "Documentation/networking/netdevices.txt, dev->set_multicast_list; net/core/dev_mcast.c",
  kernelMessage: null,
  wrong: "for (let i = 0; i <= dev.mc_count; i++, mc = mc.next!) set_hash(mc.dmi_addr);",
  right: "for (let mc = dev.mc_list; mc; mc = mc.next) set_hash(mc.dmi_addr);",
  fix: "Let the list's null end the loop.",
  detectedBy: ["run"],
  blocks: true,
  listen: (ctx) => ({
    "callback-left": (event) => {
      if (event.slot !== "set_multicast_list" || event.owner === null) return;
      const card = ctx.state.cards.ofDevice(event.owner);
      if (card === null || card.unplugged || !card.written.has("CTRL")) return;
      const wrong = filterMismatch(card, event.owner as DeviceLike);
      if (wrong === null) return;
      ctx.report({
        message: `${event.name}() returns with a filter that does not match: ${wrong}`,
        place: ctx.state.callbacks.place(event),
        about: [event.owner],
      });
    },
    oops: (event) => {
      const call = ctx.state.callbacks.inside(event.task, event.context, "set_multicast_list");
      const device = call?.owner as (DeviceLike & { readonly mc_count?: number }) | null | undefined;
      if (call === null || !device || !/null|undefined/i.test(event.message)) return;
      if (!/dmi_|\bnext\b/.test(event.message)) return;
      ctx.report({
        message: `${call.name}() runs past the end of the multicast list of ${device.name}, which has ${device.mc_count} addresses`,
        place: event.stack.find((p) => p.model) ?? null,
        about: [device],
        also: ["oops"],
      });
    },
  }),
};
