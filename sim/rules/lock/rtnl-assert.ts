import type { Rule } from "../rule.ts";

export const rtnlAssert: Rule = {
  id: "rtnl-assert",
  family: "lock",
  title: "rtnl missing",
  statement:
    "Functions that assert rtnl (dev_open, dev_close, register_netdevice …) are called with rtnl held.",
  severity: "warning",
  condition: "a function with ASSERT_RTNL() is called by the model while nobody holds rtnl",
  source: "include/linux/rtnetlink.h: ASSERT_RTNL()",
  kernelMessage: "RTNL: assertion failed at %s (%d)",
  wrong: "function my_work(dev: net_device) {\n  dev_close(dev);\n}",
  right: "function my_work(dev: net_device) {\n  rtnl_lock();\n  dev_close(dev);\n  rtnl_unlock();\n}",
  fix: "Take rtnl around the call, in process context.",
  detectedBy: ["static", "run"],
};
