/** What a work does while stop of its device runs is fine if stop waits for the work before it returns. */
import type { DeviceLike } from "../../machine/events.ts";
import type { Finding, Listeners, RuleContext } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";

export interface UnlessStopWaits {
  readonly listeners: Listeners;
  /** Reports now; or, if stop of the device runs, when it returns without having waited for a work queue. */
  tell(device: DeviceLike, finding: Finding): void;
}

export function unlessStopWaits(ctx: RuleContext): UnlessStopWaits {
  let held: { readonly stop: Callback; readonly finding: Finding }[] = [];
  return {
    tell(device, finding) {
      const stop = ctx.state.callbacks.running().find((c) => c.slot === "stop" && c.owner === device);
      if (stop === undefined) ctx.report(finding);
      else held.push({ stop, finding: { ...finding, place: ctx.machine.here() } });
    },
    listeners: {
      "wait-for": (event) => {
        if (event.what !== "workqueue" || held.length === 0) return;
        const stop = ctx.state.callbacks.inside(event.task, event.context, "stop");
        held = held.filter((h) => h.stop !== stop);
      },
      "callback-left": (event) => {
        if (event.slot !== "stop" || held.length === 0) return;
        const { left } = ctx.state.callbacks;
        const due = held.filter(({ stop }) => stop === left);
        held = held.filter(({ stop }) => stop !== left);
        for (const { finding } of due) ctx.report(finding);
      },
    },
  };
}
