/** Wall-clock time. */

export { get_jiffies_64, HZ, jiffies } from "../../kernel/tick.ts";
export { do_gettimeofday, get_seconds, timespec, timeval } from "../../kernel/time.ts";
