import type { Rule } from "../rule.ts";
import { reportsCycles } from "./cycles.ts";

export const lockOrder: Rule = {
  id: "lock-order",
  family: "lock",
  title: "Locks taken in both orders",
  statement:
    "Locks nest in one order everywhere. Two tasks that take two locks in opposite orders can wait for each other for ever.",
  severity: "error",
  condition:
    "the graph of classes taken while others are held gets a cycle; within one class (two devices' locks) only if two instances were taken in both orders",
  source: "kernel/lockdep.c: check_noncircular() (2.6.18)",
  kernelMessage: "[ INFO: possible circular locking dependency detected ]",
  wrong:
    "function a(p: priv) { spin_lock(p.tx); spin_lock(p.rx); … }\nfunction b(p: priv) { spin_lock(p.rx); spin_lock(p.tx); … }",
  right:
    "function a(p: priv) { spin_lock(p.tx); spin_lock(p.rx); … }\nfunction b(p: priv) { spin_lock(p.tx); spin_lock(p.rx); … }",
  fix: "Define the order in a comment where the locks are declared, and keep it; for two of one class, order by address or index.",
  detectedBy: ["static", "run", "explore"],
  consequence: "context",
  listen: reportsCycles("lock-order"),
};
