import type { Rule } from "../rule.ts";

export const lifeSysfsPathologic: Rule = {
  id: "life-sysfs-pathologic",
  family: "life",
  title: "Module code reached through sysfs after unload",
  statement:
    "Nothing that survives the module, such as an open sysfs file, may lead into the module's code or data.",
  severity: "error",
  condition: "a function of the model is called after its module was unloaded",
  source:
    "Documentation/networking/netdevices.txt, struct net_device allocation rules (rmmod mydriver </sys/class/net/myeth/mtu)",
  kernelMessage: "Unable to handle kernel paging request",
  wrong: "class_device_create_file(dev.class_dev, attr); // never removed",
  right: "class_device_remove_file(dev.class_dev, attr); // in module_exit",
  fix: "Remove attributes before unregistering the device.",
  detectedBy: ["run", "explore"],
  listen: (ctx) => {
    let gone = false;
    return {
      "module-unloaded": (event) => {
        gone = event.result === 0;
      },
      "callback-entered": (event) => {
        if (event.slot === "module_init") gone = false;
        if (!gone || DRIVEN.has(event.slot) || ctx.state.callbacks.place(event) === null) return;
        ctx.report({
          message: `${event.name}() (${event.slot}) is called after the module was unloaded`,
          place: ctx.state.callbacks.place(event),
          about: [event.owner],
        });
      },
    };
  },
};

/** Callbacks of objects that other rules watch. */
const DRIVEN: ReadonlySet<string> = new Set([
  "timer",
  "work",
  "tasklet",
  "irq",
  "kthread",
  "poll",
  "module_init",
]);
