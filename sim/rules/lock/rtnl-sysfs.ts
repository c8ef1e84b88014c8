import type { Rule } from "../rule.ts";
import { reportsCycles } from "./cycles.ts";

export const rtnlSysfs: Rule = {
  id: "rtnl-sysfs",
  family: "lock",
  title: "A sysfs attribute takes rtnl while its removal waits under rtnl",
  statement:
    "Removing an attribute waits for a running show or store. If that happens with rtnl held, show and store must not wait for rtnl.",
  severity: "error",
  condition:
    "an attribute is removed with rtnl held, and its show or store takes rtnl other than by rtnl_trylock()",
  source: "net/core/net-sysfs.c: netdev_store(); drivers/base/class.c: class_device_remove_file()",
  kernelMessage: "[ INFO: possible circular locking dependency detected ] (lockdep, 2.6.18)",
  wrong: "function my_store(cd: class_device, buf: string, count: number) {\n  rtnl_lock();",
  right:
    "function my_store(cd: class_device, buf: string, count: number) {\n  if (!rtnl_trylock()) return -EAGAIN; // the caller tries again",
  fix: "Use rtnl_trylock() and let user space try again, or remove the attribute where rtnl is not held.",
  detectedBy: ["run", "explore"],
  specialises: ["lock-wait-inside"],
  consequence: "context",
  listen: reportsCycles("rtnl-sysfs"),
};
