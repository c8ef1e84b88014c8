import type { Rule } from "../rule.ts";
import { reportsCycles } from "./cycles.ts";

export const rtnlWait: Rule = {
  id: "rtnl-wait",
  family: "lock",
  title: "Waiting under rtnl for somebody who needs rtnl",
  statement:
    "open, stop, ioctl and ethtool operations run with rtnl held: they must not wait for a thread, a completion or anything else whose side takes rtnl.",
  severity: "error",
  condition:
    "kthread_stop(), wait_for_completion() or another wait is called with rtnl held, and what is waited for takes rtnl, or needs keventd, where linkwatch takes it",
  source: "net/core/rtnetlink.c: rtnl_lock(); net/core/link_watch.c: linkwatch_event()",
  kernelMessage: "[ INFO: possible circular locking dependency detected ] (lockdep, 2.6.18)",
  wrong:
    "function my_stop(dev: net_device) { // rtnl is held\n  kthread_stop(p.thread); // its loop takes rtnl",
  right:
    "function my_thread(dev: net_device): number {\n  if (rtnl_trylock()) {\n    check_link(dev);\n    rtnl_unlock();\n  }",
  fix: "Let the other side use rtnl_trylock(), or wait after unregister_netdev(), where rtnl is not held.",
  detectedBy: ["run", "explore"],
  specialises: ["lock-wait-inside"],
  consequence: "context",
  listen: reportsCycles("rtnl-wait"),
};
