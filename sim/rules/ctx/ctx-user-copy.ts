import type { Rule } from "../rule.ts";
import { forbidden, sleepFinding } from "./sleeping.ts";

const COPYING: ReadonlySet<string> = new Set([
  "copy_to_user",
  "copy_from_user",
  "get_user",
  "put_user",
  "clear_user",
]);

export const ctxUserCopy: Rule = {
  id: "ctx-user-copy",
  family: "ctx",
  title: "User memory touched in atomic context",
  statement: "copy_to_user and copy_from_user may fault and sleep: process context only, no spinlock held.",
  severity: "error",
  condition:
    "copy_to_user() or copy_from_user() is called by the model in atomic context or with interrupts off",
  source: "include/asm/uaccess.h: copy_to_user() (might_sleep)",
  kernelMessage: "BUG: sleeping function called from invalid context at include/asm/uaccess.h:440",
  wrong: "spin_lock(p.lock);\ncopy_to_user(ifr.ifr_data, p.stats, 64);\nspin_unlock(p.lock);",
  right:
    "spin_lock(p.lock);\nconst copy = { ...p.stats };\nspin_unlock(p.lock);\ncopy_to_user(ifr.ifr_data, copy, 64);",
  fix: "Copy to a local object under the lock, and to user space after it.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-sleep-atomic"],
  consequence: "context",
  listen: (ctx) => ({
    "might-sleep": (event) => {
      if (COPYING.has(event.fn) && forbidden(ctx, event)) ctx.report(sleepFinding(ctx, event));
    },
  }),
};
