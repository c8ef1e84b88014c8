import type { EventStamp } from "../../machine/events.ts";
import { byModel, calledByModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import { running } from "../txq/device.ts";

export const pmSuspendRunning: Rule = {
  id: "pm-suspend-running",
  family: "pm",
  title: "Suspend acts on a device that is down",
  statement:
    "suspend and resume touch interrupt, timers and queue only if netif_running(): a device that is down has none.",
  severity: "warning",
  condition:
    "inside suspend or resume of a card whose device is down: an interrupt is requested or freed, a timer armed, the queue woken, or the card's interrupts enabled",
  source: "Documentation/power/pci.txt",
  kernelMessage: "Trying to free free IRQ%d",
  wrong: "function my_suspend(pdev: pci_dev) {\n  free_irq(dev.irq, dev);",
  right:
    "function my_suspend(pdev: pci_dev) {\n  if (!netif_running(dev)) return 0;\n  free_irq(dev.irq, dev);",
  fix: "Return early if the device is down.",
  detectedBy: ["static", "run"],
  listen: (ctx) => {
    const act = (event: EventStamp, what: string, also: string[] = []): void => {
      const call = ctx.state.callbacks.current(event.task, event.context);
      if ((call?.slot !== "suspend" && call?.slot !== "resume") || !byModel(ctx.machine)) return;
      const devices = [...ctx.state.resources.devices.keys()];
      if (devices.length === 0 || devices.some((device) => running(device))) return;
      ctx.report({ message: `${call.name}() ${what} although the device is down`, about: devices, also });
    };
    return {
      "irq-freed": (event) => act(event, "frees the interrupt", event.found ? [] : ["irq-double-free"]),
      "irq-requested": (event) => act(event, "requests the interrupt"),
      "timer-armed": (event) => {
        if (/^(mod|add)_timer/.test(calledByModel(ctx.machine) ?? "")) act(event, "arms a timer");
      },
      "queue-woken": (event) => act(event, "wakes the queue", ["txq-wake-down"]),
      "queue-started": (event) => act(event, "starts the queue", ["txq-wake-down"]),
      "mmio-write": (event) => {
        if (event.register === "IMR" && event.value !== 0) act(event, "enables the card's interrupts");
      },
    };
  },
};
