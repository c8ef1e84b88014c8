/** Timers. */

export { get_jiffies_64, HZ, jiffies } from "../../kernel/tick.ts";
export {
  add_timer,
  add_timer_on,
  del_singleshot_timer_sync,
  del_timer,
  del_timer_sync,
  init_timer,
  mod_timer,
  setup_timer,
  TIMER_INITIALIZER,
  timer_list,
  timer_pending,
  try_to_del_timer_sync,
} from "../../kernel/timer.ts";
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
