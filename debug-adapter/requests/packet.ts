import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";

/** Custom request: the life of one socket buffer. */
export const packet: RequestHandler<"netdev-lab/packet"> = {
  command: "netdev-lab/packet",
  needs: "launched",
  shape: { skb: "integer" },
  handle({ skb }, session) {
    const life = session.history.branch.record.packets.life(skb);
    if (life === null) throw new UserError(`no skb ${skb} has been seen so far`);
    return life;
  },
};
