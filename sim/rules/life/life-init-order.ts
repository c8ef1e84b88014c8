import type { Rule } from "../rule.ts";

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
  how: ["static", "explore"],
};
