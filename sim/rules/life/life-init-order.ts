import type { DeviceLike } from "../../machine/events.ts";
import type { Context, Task } from "../../machine/model.ts";
import { at, holds, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { Moment } from "../state/dependencies.ts";
import { privateOf } from "../txq/device.ts";

export const lifeInitOrder: Rule = {
  id: "life-init-order",
  family: "life",
  title: "Initialised after registration",
  statement:
    "From register_netdev() on, others may open the device, send, ask for statistics: everything their callbacks need is ready before.",
  severity: "error",
  condition:
    "a lock, timer, work, tasklet, private field or driver data that a callback uses is set up after the device was registered",
  source: "Documentation/networking/driver.txt, probing; net/core/dev.c: register_netdevice()",
  kernelMessage: null,
  wrong: "err = register_netdev(dev);\nif (err) goto out;\nspin_lock_init(p.lock);",
  right: "spin_lock_init(p.lock);\nerr = register_netdev(dev);",
  fix: "Register last.",
  detectedBy: ["static", "run"],
  listen: (ctx) => {
    const registered = new Map<DeviceLike, Moment & { readonly n: number }>();
    const initialised = (by: { task: Task; context: Context }, object: object, what: string): void => {
      const setUp = ctx.state.callbacks.current(by.task, by.context);
      if (setUp === null || !SETS_UP.has(setUp.slot)) return;
      for (const [device, since] of registered) {
        const area = since.n > setUp.since ? privateOf(device) : null;
        if (area === null || !holds(area, object)) continue;
        ctx.report({
          message: `${device.name}'s ${what} is initialised after the device was registered at ${at(since.place)}: open may have run`,
          about: [device, object],
          related: [related(`${device.name} was registered`, since)],
        });
      }
    };
    return {
      "netdev-registered": (event) => {
        const { cpu, n, point: tick } = event;
        registered.set(event.device, { place: ctx.machine.here(), cpu, tick, n });
      },
      "netdev-unregistered": (event) => void registered.delete(event.device),
      "lock-init": (event) => initialised(event, event.lock, "lock"),
      initialised: (event) => initialised(event, event.object, event.what),
    };
  },
};

const SETS_UP: ReadonlySet<string> = new Set(["probe", "module_init"]);
