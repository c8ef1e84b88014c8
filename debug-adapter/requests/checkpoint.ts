import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";

/** Custom request: names moments, lists them, goes to them. The answer is the list. */
export const checkpoint: RequestHandler<"netdev-lab/checkpoint"> = {
  command: "netdev-lab/checkpoint",
  needs: "stopped",
  shape: { action: "string", name: "string?" },
  handle({ action, name = "" }, session) {
    const { checkpoints } = session;
    if (action === "set") {
      const { moment, machine } = session.live;
      const timeline = session.timeline?.branch.id ?? 1;
      checkpoints.set({ name, timeline, tick: machine.pointCount, timeNs: machine.nowNs, moment });
    } else if (action === "delete") checkpoints.delete(name);
    else if (action === "go") checkpoints.get(name);
    else if (action !== "list")
      throw new UserError(`action must be set, list, delete or go, not "${action}"`);
    return {
      checkpoints: checkpoints.list().map((one) => ({
        name: one.name,
        timeline: one.timeline,
        tick: one.tick,
        timeNs: one.timeNs,
      })),
    };
  },
  async after({ action, name = "" }, session) {
    if (action !== "go") return;
    const { moment, timeline } = session.checkpoints.get(name);
    await session.journeys.go((_travel, _now, history) => {
      history.choose(timeline);
      return { moment, reason: "goto", cpu: null };
    });
  },
};
