import type { DeviceLike, Identified, Place } from "../../machine/events.ts";
import type { Context, Task } from "../../machine/model.ts";
import { calledByModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";
import { privateOf } from "../txq/device.ts";

export const lifeStopQuiesce: Rule = {
  id: "life-stop-quiesce",
  family: "life",
  title: "Something runs on after stop",
  statement:
    "When stop has returned, nothing of the device runs any more: no timer, tasklet, work or interrupt that touches it.",
  severity: "error",
  condition:
    "a timer or tasklet of a device runs after its stop returned and before the next open, or a work item does more there than see that it comes too late, or still runs when the device is freed; it belongs to the device if its data is the device or its private area; what module_init or probe started is meant to run",
  source: "Documentation/networking/netdevices.txt, dev->stop; Documentation/networking/driver.txt (stop)",
  kernelMessage: null,
  wrong:
    "function my_stop(dev: net_device) {\n  netif_stop_queue(dev);\n  return 0; // p.timer still armed\n}",
  right:
    "function my_stop(dev: net_device) {\n  netif_stop_queue(dev);\n  del_timer_sync(p.timer);\n  return 0;\n}",
  fix: "Stop the sources, then wait for what runs.",
  detectedBy: ["run", "explore"],
  consequence: "object",
  listen: (ctx) => {
    const down = new Map<object, Stop>();
    /** Timers and work that were started while the device was down: they are meant to run then. */
    const independent = new Set<object>();
    const report = (late: Callback, device: DeviceLike, stop: Stop): void =>
      ctx.report({
        message: `${late.name}() (${late.slot}) runs after stop of ${device.name} returned`,
        place: ctx.state.callbacks.place(late),
        about: [late.owner, device],
        related: [related("stop returned", stop)],
        also: late.slot === "timer" ? ["timer-pending-stop"] : [],
      });
    /** A work item may find out under a lock that it comes too late; one that does something does not. */
    const acts = (event: { task: Task; context: Context }): void => {
      if (down.size === 0) return;
      const late = ctx.state.callbacks.inside(event.task, event.context, "work");
      if (late === null || independent.has(late.owner!)) return;
      for (const [device, stop] of down) if (belongs(late, device)) report(late, device as DeviceLike, stop);
    };
    /** Somebody other than itself arms it. */
    const armed = (what: Identified | null, event: { task: Task; context: Context }): void => {
      const by = ctx.state.callbacks.current(event.task, event.context);
      if (what === null || by?.owner === what) return;
      if (by?.slot === "module_init" || by?.slot === "probe") independent.add(what);
      else independent.delete(what);
    };
    return {
      "callback-left": (event) => {
        if (event.slot === "stop" && event.owner !== null) {
          down.set(event.owner, {
            place: ctx.state.callbacks.place(event),
            cpu: event.cpu,
            tick: event.point,
          });
        }
      },
      "callback-entered": (event) => {
        if (event.slot === "open" && event.owner !== null) down.delete(event.owner);
        if (!LATE.has(event.slot) || down.size === 0 || independent.has(event.owner!)) return;
        const late = ctx.state.callbacks.current(event.task, event.context);
        if (late === null) return;
        for (const [device, stop] of down)
          if (belongs(late, device)) report(late, device as DeviceLike, stop);
      },
      "work-queued": (event) => {
        armed(event.work, event);
        acts(event);
      },
      "timer-armed": (event) => {
        armed(event.timer, event);
        // a sleep arms a timer of the kernel's
        if (/^(mod|add)_timer/.test(calledByModel(ctx.machine) ?? "")) acts(event);
      },
      "queue-woken": acts,
      "queue-started": acts,
      "skb-freed": acts,
      "skb-to-stack": acts,
      "netdev-released": (event) => {
        const stop = down.get(event.device);
        down.delete(event.device);
        if (stop === undefined) return;
        for (const late of ctx.state.callbacks.running())
          if (late.slot === "work" && belongs(late, event.device)) report(late, event.device, stop);
      },
    };
  },
};

/** The callback's data is the device or its private area. */
function belongs(late: Callback, device: object): boolean {
  const area = privateOf(device as DeviceLike);
  return late.args.some((arg) => arg === device || (area !== null && arg === area));
}

interface Stop {
  readonly place: Place | null;
  readonly cpu: number;
  readonly tick: number;
}

const LATE: ReadonlySet<string> = new Set(["timer", "tasklet"]);
