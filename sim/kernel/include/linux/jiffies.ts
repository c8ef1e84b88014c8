/** Time in ticks. */
export { get_jiffies_64, HZ, jiffies } from "../../kernel/tick.ts";
export {
  jiffies_to_msecs,
  jiffies_to_usecs,
  MAX_JIFFY_OFFSET,
  msecs_to_jiffies,
  time_after,
  time_after_eq,
  time_before,
  time_before_eq,
  usecs_to_jiffies,
} from "../../lib/jiffies.ts";
