/** Messages, assertions, small helpers. */

export { BUG, BUG_ON, dump_stack, panic, WARN_ON } from "../../kernel/panic.ts";
export {
  KERN_ALERT,
  KERN_CRIT,
  KERN_DEBUG,
  KERN_EMERG,
  KERN_ERR,
  KERN_INFO,
  KERN_NOTICE,
  KERN_WARNING,
  printk,
  printk_ratelimit,
} from "../../kernel/printk.ts";
export { might_sleep, might_sleep_if } from "../../kernel/sched.ts";
export { ALIGN, ARRAY_SIZE, abs, likely, max, min, roundup, unlikely } from "../../lib/compiler.ts";
export { scnprintf, simple_strtol, simple_strtoul, snprintf, sprintf } from "../../lib/string.ts";
